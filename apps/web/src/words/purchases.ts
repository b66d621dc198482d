import { catalogue } from "./catalogue.ts";

export const purchaseWords = catalogue({
  find: {
    title: "Find your purchases",
    lead: "Bought something without an account? We’ll email you a link to your purchases.",
    noMail: "This shop can’t send emails. Contact the seller to get what you bought.",
  },
  form: {
    label: "Find your purchases",
    email: "Email",
    hint: "The one you bought with",
    submit: "Send link",
  },
  asked: {
    title: "Check your inbox",
    text: "If you’ve bought anything with this email, we’ve sent you a link to it.",
    notThere: "Nothing there after a few minutes? Check your spam folder or try again.",
    tryAgain: "Try again",
  },
  dead: "Enter your email to get a new one.",
  open: {
    title: "Your purchases",
    text: "Open your purchases in this browser. The link works once.",
    open: "Open your purchases",
    failed: "Couldn’t open your purchases",
  },
  opened: {
    title: "Your purchases",
    none: "There are no purchases for this email any more.",
    browse: "Browse products",
    list: "Purchases",
    order: (ref: string) => `Order ${ref}`,
  },
});
