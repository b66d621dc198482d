import { amountFault, amountText, type Checkout, CheckoutInput, type Money, type Quote } from "@yumroad/contract";
import * as z from "zod/mini";
import { check } from "../../platform/ui/check.ts";
import { parseAmount } from "../../platform/ui/price.ts";
import type { Checked } from "../../platform/ui/use-form.ts";
import { checkoutWords } from "../../words/checkout.ts";

export interface CheckoutValues {
  email: string;
  /** What the buyer wants to pay, as it is typed, where buyers name the price. */
  amount: string;
  hasConsented: boolean;
  [name: string]: string | boolean;
}

export type OrderInput = Omit<CheckoutInput, "attempt">;

/** The amount with which the field of the buyer's price begins. */
export function firstAmount({ price, suggestedAmount }: Checkout): string {
  return amountText({ ...price, amount: suggestedAmount ?? price.amount });
}

/** True if buyers name the price, and can pay one. */
export function hasAmountField({ pricing, canTakePayments }: Checkout): boolean {
  return pricing === "pay_what_you_want" && canTakePayments;
}

/** True if a discount code can take something off the price. */
export function canHaveDiscount({ pricing, price }: Checkout): boolean {
  return pricing === "fixed" && price.amount > 0;
}

/** What the order costs before a discount, or what is wrong with the amount that was entered. */
export function parseTotal(checkout: Checkout, text: string): Checked<Money> {
  const { price, pricing } = checkout;
  if (!hasAmountField(checkout)) return { ok: true, input: price };
  const parsed = parseAmount(text, price.currency);
  const fault = parsed.ok ? amountFault({ price, pricing }, parsed.input.amount) : null;
  return fault === null ? parsed : { ok: false, issues: [{ path: ["amount"], message: fault }] };
}

/** The order as the contract's input, or all of its problems. Consent is only asked of who pays. */
export function checkOrder(
  checkout: Checkout,
  { email, amount, hasConsented }: CheckoutValues,
  quote: Quote | null,
): Checked<OrderInput> {
  const { price, pricing, consentText } = checkout;
  const total = parseTotal(checkout, amount);
  const isToConsent = consentText !== null && !(total.ok && (quote?.total ?? total.input).amount === 0);
  const order = check(OrderInput, {
    ...{ email, seenPrice: price, seenPricing: pricing, hasConsented: isToConsent && hasConsented },
    ...(quote && { discount: { code: quote.discount.code, seenTotal: quote.total.amount } }),
    ...(total.ok && pricing === "pay_what_you_want" && { amount: total.input.amount }),
  });
  const consent = { path: ["hasConsented"], message: checkoutWords.form.agree };
  const issues = [
    ...(order.ok ? [] : order.issues),
    ...(total.ok ? [] : total.issues),
    ...(isToConsent && !hasConsented ? [consent] : []),
  ];
  return order.ok && issues.length === 0 ? order : { ok: false, issues };
}

const OrderInput = z.omit(CheckoutInput, { attempt: true });
