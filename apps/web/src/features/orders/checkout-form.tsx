import { type Checkout, CheckoutInput, type InputIssue } from "@yumroad/contract";
import { useRef, useState } from "react";
import * as z from "zod/mini";
import { Button } from "../../components/button.tsx";
import { check } from "../../components/check.ts";
import { CheckboxField } from "../../components/checkbox-field.tsx";
import { FormSummary } from "../../components/form-summary.tsx";
import { type Checked, useForm } from "../../components/use-form.ts";
import { ApiError } from "../../lib/call.ts";
import { formatMoney } from "../../lib/format.ts";
import { useBeginCheckout } from "./api.ts";
import classes from "./checkout-form.module.css";
import { EmailField } from "./email-field.tsx";
import { forgetCheckout, keepCheckout, loadKeptCheckout, newCheckout } from "./kept-checkout.ts";

interface CheckoutFormProps {
  checkout: Checkout;
  /** The email of the logged-in user; empty: nobody is logged in. */
  ownEmail: string;
  /** Loads the price again. */
  onPriceChanged: () => Promise<unknown>;
  /** The order is stored; `payAt` says where to pay. */
  onBegun: (order: { ref: string; payAt: string | null }) => void;
}

const TEXTS = {
  price_changed: "The price has changed. Check the new price before you order.",
  own_product: "You can’t buy your own product.",
  checkout_not_set_up: "This shop can’t take payments yet.",
  payments_unavailable: "Payments don’t work right now. You haven’t been charged. Try again in a moment.",
  not_found: "This product is no longer for sale.",
} as const;

/** The form that orders a product. The same attempt is sent until it leads to another order. */
export function CheckoutForm({ checkout, ownEmail, onPriceChanged, onBegun }: CheckoutFormProps) {
  const { slug, price, consentText } = checkout;
  const [kept] = useState(() => loadKeptCheckout(slug));
  const attempt = useRef(kept.attempt);
  const beginCheckout = useBeginCheckout(slug);

  function begin(input: Omit<CheckoutInput, "attempt">) {
    keepCheckout(slug, { attempt: attempt.current, email: input.email });
    return beginCheckout.mutateAsync({ ...input, attempt: attempt.current });
  }

  const form = useForm({
    initial: { email: kept.email ?? ownEmail, hasConsented: false },
    check: (values) => checkOrder(checkout, values),
    submit: async (input) => {
      try {
        const begun = await begin(input).catch((error) => beginAnew(error, input));
        if (begun.payAt === null) forgetCheckout(slug);
        onBegun(begun);
      } catch (error) {
        if (isRefused(error, "price_changed")) await onPriceChanged();
        throw error;
      }
    },
    textOfProblem: TEXTS,
  });

  /** The attempt belongs to an order with another email or price, so this is a new order. */
  function beginAnew(error: unknown, input: Omit<CheckoutInput, "attempt">) {
    if (!isRefused(error, "attempt_reused")) throw error;
    attempt.current = newCheckout().attempt;
    return begin(input);
  }

  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label="Checkout">
      <FormSummary problem={form.problem} />
      <EmailField field={form.field("email")} />
      {consentText !== null && <CheckboxField label={consentText} field={form.field("hasConsented")} />}
      <p className={classes.total}>
        <span>Total</span> <strong>{formatMoney(price)}</strong>
      </p>
      <Button type="submit" look="primary" size="lg" fullWidth isBusy={form.isBusy}>
        {price.amount === 0 ? "Get it for free" : `Pay ${formatMoney(price)}`}
      </Button>
    </form>
  );
}

function checkOrder(
  { price, consentText }: Checkout,
  { email, hasConsented }: { email: string; hasConsented: boolean },
): Checked<Omit<CheckoutInput, "attempt">> {
  const consentIssues: InputIssue[] =
    consentText === null || hasConsented
      ? []
      : [{ path: ["hasConsented"], message: "Please agree to get access right away" }];
  const input = { email, seenPrice: price, hasConsented: consentText !== null && hasConsented };
  const checked = check(CheckoutInputWithoutAttempt, input);
  if (!checked.ok) return { ok: false, issues: [...checked.issues, ...consentIssues] };
  return consentIssues.length > 0 ? { ok: false, issues: consentIssues } : checked;
}

const CheckoutInputWithoutAttempt = z.omit(CheckoutInput, { attempt: true });

function isRefused(error: unknown, code: ApiError["code"]): boolean {
  return error instanceof ApiError && error.code === code;
}
