import { catalogue } from "./catalogue.ts";

const waitsForSales =
  "If you sold something in the last 14 days, it stays until 14 days after your last sale, because your buyers may ask for a refund.";

export const ownDataWords = catalogue({
  title: "Your data",
  downloaded: "Your data is downloaded",
  kept: "Your account stays",
  deletionAsked: (date: string) => `Your account will be deleted on ${date}. Log in before then to keep it.`,
  export: {
    title: "Export your data",
    hint: "Your account, store, products and activity, as a ZIP of JSON files.",
    download: "Download my data",
    failed: "We couldn’t download it",
  },
  deletion: {
    title: "Delete your account",
    what: "Your account",
    pending: `Your account will be deleted on {date}. ${waitsForSales}`,
    keep: "Keep my account",
    keepFailed: "We couldn’t cancel the deletion",
    lead: `You’ll be logged out everywhere. After 7 days your account, your store and your products are deleted for good. ${waitsForSales}`,
    ask: "Delete my account…",
    askTitle: "Delete your account?",
    askText:
      "You’ll be logged out everywhere. Change your mind within 7 days by logging in and choosing Keep my account.",
    confirm: "Delete my account",
    cancel: "Cancel",
    askFailed: "Your account isn’t deleted",
  },
});
