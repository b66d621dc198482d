import { catalogue } from "./catalogue.ts";

export const checkoutWords = catalogue({
  page: {
    title: "Checkout",
    loading: "Loading the checkout",
    failed: "Couldn’t load the checkout",
    notReady: "This shop can’t take payments yet.",
    ownProduct: "This is your own product, so you can’t buy it. To try the checkout, log out or use another browser.",
    backToProduct: "Back to the product",
    logIn: "Already have an account? <a>Log in</a>",
  },
  summary: {
    title: "Your order",
    by: "by {store}",
    soldBy: "Sold by",
    soldThrough: (name: string) =>
      `Sold through ${name}, the merchant of record: you pay ${name}, which sends you the invoice.`,
  },
  form: {
    total: "Total",
    label: "Checkout",
    amount: (currency: string) => `Your price in ${currency}`,
    canBeFree: "0 for free",
    atLeast: (price: string) => `${price} or more`,
    freeForNow: "This shop can’t take payments yet, so you get it for free.",
    getForFree: "Get it for free",
    pay: "Pay",
    payTotal: (total: string) => `Pay ${total}`,
    agree: "Please agree to get access right away",
  },
  discount: {
    ask: "Have a discount code?",
    label: "Discount code",
    apply: "Apply",
    withCode: (code: string) => `with code ${code}`,
    applied: (code: string) => `Discount (${code})`,
    remove: "Remove",
    missing: "Enter a discount code",
  },
  problems: {
    discount_invalid: "This discount code isn’t valid for this product.",
    discount_used_up: "This discount code has been used up.",
    price_changed: "The price has changed. Check the new price before you order.",
    own_product: "You can’t buy your own product.",
    checkout_not_set_up: "This shop can’t take payments yet.",
    payments_unavailable: "Payments don’t work right now. Nothing was charged this time. Try again in a moment.",
    not_found: "This product is no longer for sale.",
  },
});
