import { catalogue } from "./catalogue.ts";

export const testEmailWords = catalogue({
  confirm: {
    title: "Confirm that email works",
    text: "You got this shop’s test email. Confirm it, so that the shop can take payments.",
    confirm: "I got the email",
    failed: "Couldn’t confirm it",
  },
  confirmed: {
    title: "Email works",
    text: "Buyers get their receipts by email, so this shop can take payments now.",
    next: "See what else you need",
  },
  dead: {
    text: "Send another test email from the shop settings.",
    shopSettings: "Shop settings",
  },
});
