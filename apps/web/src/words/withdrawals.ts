import { catalogue } from "./catalogue.ts";

export const withdrawalWords = catalogue({
  page: {
    title: "Withdraw from contract",
    lead: "Tell the seller that you withdraw from your contract.",
    confirmed: "We’ll confirm it by email.",
    stripe:
      "Paid through Stripe? Then Link by Stripe is your seller: withdraw with the link in its receipt. This form is for all other payments.",
  },
  form: {
    label: "Withdraw from contract",
    name: "Name",
    order: "Order number",
    orderHint: "It’s on your receipt. Don’t have it? Enter what you bought.",
    email: "Email",
    emailHint: "The one you bought with",
    next: "Continue",
  },
  summary: {
    title: "Check your withdrawal",
    text: "I withdraw from this contract:",
    label: "Your withdrawal",
    confirm: "Confirm withdrawal",
    change: "Change",
    failed: "Couldn’t send your withdrawal",
  },
  done: {
    title: "We received your withdrawal",
    received: (at: string) => `We received it at ${at}, and sent you an email.`,
    receivedWithoutMail: (at: string) =>
      `We received it at ${at}. This shop can’t send emails: keep a copy of this page.`,
    reference: (ref: string) => `Your reference: ${ref}`,
  },
  ofSale: {
    title: "Withdrawal",
    received: (name: string, at: string) => `${name} withdrew from this order on ${at}.`,
    reference: (ref: string) => `Reference ${ref}`,
    confirmed: "Confirmed by email",
    notConfirmed: "Not confirmed by email",
    refund: "Refund and end access",
    handled: "Mark as handled",
    decline: "Mark as declined",
    saved: "Withdrawal updated",
    failed: "Couldn’t update the withdrawal",
    loadFailed: "Couldn’t load withdrawals",
  },
  stray: {
    title: "Withdrawals without an order",
    hint: "The order number or the email doesn’t match. Look for the order in your sales, or ask the buyer.",
    one: "withdrawal",
    many: "withdrawals",
    from: (name: string, contact: string) => `${name}, ${contact}`,
    order: (order: string) => `Order: ${order}`,
    noOrder: "No order number",
    loadFailed: "Couldn’t load withdrawals",
  },
  outcomes: { handled: "Handled", declined: "Declined" },
  rights: {
    access_begun: (at: string) =>
      `Their right had ended on ${at}: they had agreed to lose it, got the receipt, and opened the order.`,
    period_over: (at: string) => `Their right had ended on ${at}, after 14 days.`,
    no_consent: "They had the right to: they hadn’t agreed to lose it.",
    receipt_not_sent: "They had the right to: the receipt that confirms what they agreed to wasn’t sent.",
    not_opened: "They had the right to: they hadn’t opened the order.",
    not_paid: "The order wasn’t paid, so there is nothing to refund.",
  },
});
