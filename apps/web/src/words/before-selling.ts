import { catalogue } from "./catalogue.ts";

/** What is still in the way of selling. */
export const beforeSellingWords = catalogue({
  title: "Before you can sell",
  hint: "Until this is done, buyers can only get your free products.",
  legalDetails: "Add your legal name and address",
  payments: "Add how buyers pay",
  testEmail: "Send a test email and open its link",
  emailByOwner: "The shop owner has to confirm that email works",
});
