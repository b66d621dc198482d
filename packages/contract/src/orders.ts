import * as z from "zod/mini";
import { BoughtContent } from "./contents.ts";
import { DiscountCode, TakenDiscount } from "./discounts.ts";
import { endpoint } from "./endpoint.ts";
import { Money } from "./money.ts";
import { Amount, Pricing } from "./pricing.ts";
import { Slug } from "./products.ts";
import { StoreRef } from "./store-ref.ts";
import { Timestamp } from "./timestamp.ts";
import { TokenInput } from "./tokens.ts";
import { Email } from "./user.ts";

/** The public name of an order: ten random characters of Crockford's alphabet. It opens nothing by itself. */
export const OrderRef = z.strictObject({ ref: z.string().check(z.regex(/^[0-9A-HJKMNP-TV-Z]{10}$/)) });

/**
 * How far an order is:
 * - `open`: begun, not paid
 * - `pending`: the payment is under way and takes a while (a bank transfer)
 * - `paid`: the money has arrived, and the buyer has what they bought
 * - `failed`: the payment was declined; it can be tried again
 * - `expired`: the time to pay is over. If money arrives after all, the order is paid.
 */
export const OrderState = z.enum(["open", "pending", "paid", "failed", "expired"]);
export type OrderState = z.infer<typeof OrderState>;

/**
 * The sentences that a buyer in the EU agrees to before digital content is delivered at once (Consumer Rights Directive,
 * article 16(m)). The receipt repeats them word for word. A change of the words is a new version.
 */
export const CONSENT = {
  version: "1",
  text: "I want access right away, before the 14-day withdrawal period ends. I know that I lose my right of withdrawal once I have access.",
} as const;

/** Who sells: the name and address that the law wants beside the button and on the receipt. Empty: not given. */
export const SellerOfRecord = z.strictObject({ name: z.string(), address: z.string(), contact: z.string() });
export type SellerOfRecord = z.infer<typeof SellerOfRecord>;

/** A random UUID that a page makes for one deed: the server does what it names once, however often it is sent. */
export const Attempt = z.string().check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/));

/** What the checkout page shows before anything is ordered. */
export const Checkout = z.strictObject({
  name: z.string(),
  slug: z.string(),
  coverUrl: z.nullable(z.string()),
  /** Where buyers name the price: the least that they can pay. */
  price: Money,
  pricing: Pricing,
  suggestedAmount: z.nullable(z.int()),
  store: StoreRef,
  seller: SellerOfRecord,
  /** Who sells in the seller's place and sends the invoice (merchant of record); null: the seller does. */
  merchantOfRecord: z.nullable(z.string()),
  /** Sentences that a buyer who pays has to agree to; null: nobody pays. */
  consentText: z.nullable(z.string()),
  /** False: the product's store or this shop is not set up to take money (see `SaleNeed`). */
  canTakePayments: z.boolean(),
  /** False: the product can't be ordered, because it costs something and `canTakePayments` is false. */
  isReady: z.boolean(),
});
export type Checkout = z.infer<typeof Checkout>;

export const CheckoutInput = z.strictObject({
  email: Email,
  /** The price that the buyer has seen. If it has changed since, nothing is ordered. */
  seenPrice: Money,
  seenPricing: z._default(Pricing, "fixed"),
  /** What the buyer wants to pay, where buyers name the price. Of a fixed price it may be left out. */
  amount: z.optional(Amount),
  /** The code of a discount, and the total that the buyer has seen with it. If it has changed, nothing is ordered. */
  discount: z.optional(z.strictObject({ code: DiscountCode, seenTotal: Amount })),
  hasConsented: z._default(z.boolean(), false),
  /** A random UUID of the page: the same one again is the same order. */
  attempt: Attempt,
});
export type CheckoutInput = z.infer<typeof CheckoutInput>;

/** What a product costs with a discount code. */
export const Quote = z.strictObject({ discount: TakenDiscount, total: Money });
export type Quote = z.infer<typeof Quote>;

/** `price`: the list price, before a discount. */
export const OrderItem = z.strictObject({ name: z.string(), slug: z.string(), price: Money });
export type OrderItem = z.infer<typeof OrderItem>;

/** An order as its buyer sees it. */
export const Order = z.strictObject({
  ref: z.string(),
  /** Number of the receipt, counted per store; null until the order is paid. */
  number: z.nullable(z.int()),
  state: OrderState,
  /** True: the payment differs from the order, or it was paid twice. The seller looks into it. */
  isInTrouble: z.boolean(),
  /** True: the order is not paid, and a payment that did not match it was charged and given back. */
  isMismatchRefunded: z.boolean(),
  email: z.string(),
  items: z.array(OrderItem),
  discount: z.nullable(TakenDiscount),
  total: Money,
  refunded: Money,
  store: StoreRef,
  seller: SellerOfRecord,
  /** Who has sold in the seller's place; null: the seller has. */
  merchantOfRecord: z.nullable(z.string()),
  consent: z.nullable(z.strictObject({ text: z.string(), at: Timestamp })),
  createdAt: Timestamp,
  paidAt: z.nullable(Timestamp),
  /** What was bought; empty until the order is paid, and after the access has ended. */
  contents: z.array(BoughtContent),
  hasAccess: z.boolean(),
  /** Where to pay, for an order that can be paid now. */
  payAt: z.nullable(z.string()),
  /**
   * The seller's words on how to pay, for a payment outside of the shop. Empty: nobody should pay, as the seller takes no
   * payments at the moment or the time to pay is over. Null: the order is paid, or in another way.
   */
  payInstructions: z.nullable(z.string()),
  /** True: these words were emailed to `email` as well. */
  isHowToPayMailed: z.boolean(),
});
export type Order = z.infer<typeof Order>;

export const checkoutEndpoints = {
  get: endpoint({
    method: "GET",
    path: "/api/products/:slug/checkout",
    access: "public",
    summary: "What a published product costs, who sells it, and what the buyer has to agree to",
    params: Slug,
    success: { status: 200, body: Checkout },
    cache: "shared",
    problems: [],
  }),

  quote: endpoint({
    method: "POST",
    path: "/api/products/:slug/quote",
    access: "public",
    summary: "What a published product costs with a discount code; nothing is reserved",
    params: Slug,
    // With the attempt of an order that has been begun, the discount that it has stays good for it.
    body: z.strictObject({ code: DiscountCode, attempt: z.optional(Attempt) }),
    success: { status: 200, body: Quote },
    problems: ["discount_invalid", "discount_used_up", "rate_limited"],
  }),

  begin: endpoint({
    method: "POST",
    path: "/api/products/:slug/checkout",
    access: "anyone",
    summary: "Order a product. Returns where to pay; a cookie gives this browser access to the order",
    params: Slug,
    body: CheckoutInput,
    success: { status: 201, body: z.strictObject({ ref: z.string(), payAt: z.nullable(z.string()) }) },
    problems: [
      ...["price_changed", "attempt_reused", "own_product", "checkout_not_set_up"],
      ...["payments_unavailable", "rate_limited", "discount_invalid", "discount_used_up"],
    ] as const,
  }),
};

export const orderEndpoints = {
  get: endpoint({
    method: "GET",
    path: "/api/orders/:ref",
    access: "anyone",
    whose: "own",
    summary: "An order, for the browser that opened it and for its buyer’s account",
    params: OrderRef,
    success: { status: 200, body: Order },
    problems: [],
  }),

  open: endpoint({
    method: "POST",
    path: "/api/orders/:ref/open",
    access: "anyone",
    summary: "Open an order with the key from an emailed link. A cookie keeps it open in this browser",
    params: OrderRef,
    body: TokenInput,
    success: { status: 200, body: Order },
    problems: ["link_invalid", "rate_limited"],
  }),

  resend: endpoint({
    method: "POST",
    path: "/api/orders/:ref/receipt",
    access: "anyone",
    whose: "own",
    summary: "Resend the receipt of a paid order",
    params: OrderRef,
    success: { status: 202, body: null },
    problems: ["rate_limited", "mail_unavailable"],
  }),

  changeEmail: endpoint({
    method: "POST",
    path: "/api/orders/:ref/email",
    access: "anyone",
    whose: "own",
    summary: "Correct the email of an order. Keys sent to the old one stop working, and the new one gets the receipt",
    params: OrderRef,
    body: z.strictObject({ email: Email }),
    success: { status: 200, body: Order },
    problems: ["rate_limited", "mail_unavailable"],
  }),

  undoEmailChange: endpoint({
    method: "POST",
    path: "/api/orders/:ref/email/undo",
    access: "anyone",
    summary: "Undo the change of an order’s email with the link sent to the old one",
    params: OrderRef,
    body: TokenInput,
    success: { status: 200, body: Order },
    problems: ["link_invalid", "rate_limited"],
  }),

  check: endpoint({
    method: "POST",
    path: "/api/orders/:ref/check",
    access: "anyone",
    whose: "own",
    summary: "Check the payment of an order with its payment provider",
    params: OrderRef,
    success: { status: 200, body: Order },
    problems: ["rate_limited"],
  }),
};
