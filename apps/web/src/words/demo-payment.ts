import { catalogue } from "./catalogue.ts";

export const demoPaymentWords = catalogue({
  page: {
    loading: "Loading the payment",
    failed: "Couldn’t load the payment",
    banner: "Demo: no money moves",
    title: "Demo payment",
    closedTitle: "You can close this window.",
    closed: "The shop emails the receipt, as it does after a real payment.",
    finishedTitle: "This payment is finished",
    goToOrder: "Go to the order",
  },
  form: {
    untold: "Don’t tell the shop (the webhook gets lost)",
    untoldHint: "The shop finds out the next time it checks.",
    pay: (price: string) => `Pay ${price}`,
    payAndClose: "Pay and close this window",
    payLater: "Pay later",
    decline: "Decline",
  },
});
