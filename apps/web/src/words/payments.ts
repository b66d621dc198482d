import { catalogue } from "./catalogue.ts";

export const paymentWords = catalogue({
  page: {
    title: "Payments",
    what: "The payments",
    checkNow: "Check now",
    checkFailed: "Couldn’t check all orders",
    nothingChecked: "No orders are waiting for payment",
    checked: (checked: number, delivered: number) =>
      `${checked} ${checked === 1 ? "order" : "orders"} checked, ${delivered === 0 ? "none" : delivered} delivered`,
  },
  setup: {
    title: "Setup",
    hint: "Checks your payments from end to end: Stripe, webhooks, emails and your store’s details.",
    check: "Check the setup",
    failed: "Couldn’t check the setup",
    levels: { red: "Fix", amber: "Look at", good: "OK" },
  },
  health: {
    notDelivered: "Paid but not delivered",
    overdue: "Checks overdue",
    notFound: "Unknown to Stripe",
    inTrouble: "Payments that don’t match their order",
    paidLastWeek: "Paid in the last 7 days",
    heardLastWeek: "Of these, reported by a webhook",
    noWebhook: (paid: number) =>
      `We found ${paid} paid ${paid === 1 ? "order" : "orders"} by checking, and no webhook told us. Compare the webhook’s address and secret with those at your payment provider.`,
    orders: "Orders that need attention",
  },
  reasons: {
    not_delivered: "Paid but not delivered",
    overdue: "Check overdue",
    not_found: "Unknown to Stripe",
    amount_differs: "Different amount paid",
    paid_twice: "Paid twice",
  },
});
