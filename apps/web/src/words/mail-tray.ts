import { catalogue } from "./catalogue.ts";

/** The demo inbox. */
export const mailTrayWords = catalogue({
  title: "Demo inbox",
  lead: "This shop has no mail server, so its emails stay here, and their links work. Only the link that the server printed opens this page.",
  emptyText: "No emails yet. Emails that the shop sends appear here.",
  openLink: "Open the link that the server printed when it started.",
  wrongKey: "This key doesn’t open the demo inbox. Open the link that the server printed last.",
  whereKey:
    "You’ll find it in the terminal, on the computer that runs the shop. It ends in <code>/outbox#key=…</code> and opens the demo inbox in one tab.",
  home: "Go home",
  loading: "Loading",
  openFailed: "We couldn’t open the demo inbox",
  loadFailed: "We couldn’t load the emails",
  loadingMails: "Loading emails",
  mail: {
    loadFailed: "We couldn’t load this email",
    loading: "Loading the email",
    to: "To {to}, {at}",
    frame: (subject: string) => `Email: ${subject}`,
    plainText: "As plain text",
  },
});
