import { amountText, type Checkout } from "@yumroad/contract";
import { type ReactNode, useRef, useState } from "react";
import { ApiError } from "../../platform/lib/call.ts";
import { formatMoney } from "../../platform/lib/format.ts";
import { Button } from "../../platform/ui/button.tsx";
import { CheckboxField } from "../../platform/ui/checkbox-field.tsx";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { checkoutWords } from "../../words/checkout.ts";
import { moneyFaults } from "../../words/validation-of-money.ts";
import { useBeginCheckout } from "./api.ts";
import { checkOrder, firstAmount, hasAmountField, type OrderInput, parseTotal } from "./checkout-check.ts";
import classes from "./checkout-form.module.css";
import { EmailField } from "./email-field.tsx";
import { forgetCheckout, keepCheckout, loadKeptCheckout, newCheckout } from "./kept-checkout.ts";

const words = checkoutWords.form;

interface CheckoutFormProps {
  checkout: Checkout;
  /** The email of the logged-in user; empty: nobody is logged in. */
  ownEmail: string;
  /** The way to log in, if nobody is. */
  logIn: ReactNode;
  /** Loads the price again. */
  onPriceChanged: () => Promise<unknown>;
  /** The order is stored; `payAt` says where to pay. */
  onBegun: (order: { ref: string; payAt: string | null }) => void;
}

/** The form that orders a product. The same attempt is sent until it leads to another order. */
export function CheckoutForm({ checkout, ownEmail, logIn, onPriceChanged, onBegun }: CheckoutFormProps) {
  const { slug, price, pricing, consentText } = checkout;
  const [kept] = useState(() => loadKeptCheckout(slug));
  const attempt = useRef(kept.attempt);
  const beginCheckout = useBeginCheckout(slug);

  function begin(input: OrderInput) {
    const amount = input.amount === undefined ? null : amountText({ ...price, amount: input.amount });
    keepCheckout(slug, { attempt: attempt.current, email: input.email, amount });
    return beginCheckout.mutateAsync({ ...input, attempt: attempt.current });
  }

  const form = useForm({
    faultTexts: moneyFaults,
    initial: { email: kept.email ?? ownEmail, amount: kept.amount ?? firstAmount(checkout), hasConsented: false },
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
    textOfProblem: checkoutWords.problems,
  });

  /** The attempt belongs to an order with another email or amount, so this is a new order. */
  function beginAnew(error: unknown, input: OrderInput) {
    if (!isRefused(error, "attempt_reused")) throw error;
    attempt.current = newCheckout().attempt;
    return begin(input);
  }

  const total = parseTotal(checkout, form.values.amount);
  const isFree = total.ok && total.input.amount === 0;
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={words.label}>
      <FormSummary problem={form.problem} />
      <div>
        <EmailField field={form.field("email")} />
        {logIn && <p className={classes.logIn}>{logIn}</p>}
      </div>
      {hasAmountField(checkout) && (
        <TextField
          label={words.amount(price.currency)}
          description={price.amount === 0 ? words.canBeFree : words.atLeast(formatMoney(price))}
          inputMode="decimal"
          autoComplete="off"
          field={form.field("amount")}
        />
      )}
      {pricing === "pay_what_you_want" && !checkout.canTakePayments && <p>{words.freeForNow}</p>}
      {consentText !== null && !isFree && <CheckboxField label={consentText} field={form.field("hasConsented")} />}
      <Button type="submit" look="primary" size="lg" fullWidth isBusy={form.isBusy}>
        {isFree ? words.getForFree : total.ok ? words.payTotal(formatMoney(total.input)) : words.pay}
      </Button>
    </form>
  );
}

function isRefused(error: unknown, code: ApiError["code"]): boolean {
  return error instanceof ApiError && error.code === code;
}
