import { catalogue } from "./catalogue.ts";

export const orderWords = catalogue({
  awaited: {
    checkingTitle: "We’re checking your payment…",
    missingTitle: "Your payment hasn’t arrived yet",
    checking: "This usually takes a few seconds.",
    willEmail: "We’ll email you at {email} as soon as it arrives. You can close this page.",
    payNow: "Pay now",
    checkAgain: "Check again",
    checked: "Checked just now: not there yet.",
    checkFailed: "We couldn’t check",
  },
});
