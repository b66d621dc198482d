import { amountText, type Checkout, type Money } from "@yumroad/contract";
import { useRef, useState } from "react";
import { ApiError } from "../../platform/lib/call.ts";
import { type Checked, useForm } from "../../platform/ui/use-form.ts";
import { checkoutWords } from "../../words/checkout.ts";
import { moneyFaults } from "../../words/validation-of-money.ts";
import { useBeginCheckout } from "./api.ts";
import { canHaveDiscount, checkOrder, firstAmount, type OrderInput, parseTotal } from "./checkout-check.ts";
import { forgetCheckout, keepCheckout, loadKeptCheckout, newCheckout } from "./kept-checkout.ts";
import { useQuote } from "./use-quote.ts";

export interface CheckoutOptions {
  checkout: Checkout;
  /** The email of the logged-in user; empty: nobody is logged in. */
  ownEmail: string;
  /** The discount code of the page's address; empty: none. */
  code: string;
  /** Loads the price again. */
  onPriceChanged: () => Promise<unknown>;
  /** The order is stored; `payAt` says where to pay. */
  onBegun: (order: { ref: string; payAt: string | null }) => void;
}

/** The form that orders a product. The same attempt is sent until it leads to another order. */
export function useCheckout({ checkout, ownEmail, code, onPriceChanged, onBegun }: CheckoutOptions) {
  const { slug, price } = checkout;
  const [kept] = useState(() => loadKeptCheckout(slug));
  const attempt = useRef(kept.attempt);
  const beginCheckout = useBeginCheckout(slug);
  const firstCode = canHaveDiscount(checkout) ? code || (kept.code ?? "") : "";
  const discount = useQuote({ slug, firstCode, attempt: kept.attempt });
  const { quote } = discount;

  function begin(input: OrderInput) {
    const amount = input.amount === undefined ? null : amountText({ ...price, amount: input.amount });
    keepCheckout(slug, {
      ...{ attempt: attempt.current, email: input.email, amount, code: input.discount?.code ?? null },
    });
    return beginCheckout.mutateAsync({ ...input, attempt: attempt.current });
  }

  const form = useForm({
    faultTexts: moneyFaults,
    initial: { email: kept.email ?? ownEmail, amount: kept.amount ?? firstAmount(checkout), hasConsented: false },
    check: (values) => checkOrder(checkout, values, quote),
    submit: async (input) => {
      try {
        const begun = await begin(input).catch((error) => beginAnew(error, input));
        if (begun.payAt === null) forgetCheckout(slug);
        onBegun(begun);
      } catch (error) {
        if (isRefused(error, "price_changed")) await Promise.all([onPriceChanged(), discount.refresh()]);
        throw error;
      }
    },
    textOfProblem: checkoutWords.problems,
  });

  /** The attempt belongs to an order with another email, amount or code, so this is a new order. */
  function beginAnew(error: unknown, input: OrderInput) {
    if (!isRefused(error, "attempt_reused")) throw error;
    attempt.current = newCheckout().attempt;
    return begin(input);
  }

  const listed = parseTotal(checkout, form.values.amount);
  const total: Checked<Money> = quote === null ? listed : { ok: true, input: quote.total };
  return { form, discount, total };
}

function isRefused(error: unknown, code: ApiError["code"]): boolean {
  return error instanceof ApiError && error.code === code;
}
