import type { ReactNode } from "react";
import { formatMoney } from "../../platform/lib/format.ts";
import { Button } from "../../platform/ui/button.tsx";
import { CheckboxField } from "../../platform/ui/checkbox-field.tsx";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { checkoutWords } from "../../words/checkout.ts";
import { canHaveDiscount, hasAmountField } from "./checkout-check.ts";
import classes from "./checkout-form.module.css";
import { DiscountCode } from "./discount-code.tsx";
import { EmailField } from "./email-field.tsx";
import { type CheckoutOptions, useCheckout } from "./use-checkout.ts";

const words = checkoutWords.form;

interface CheckoutFormProps extends CheckoutOptions {
  /** The way to log in, if nobody is. */
  logIn: ReactNode;
}

/** The form that orders a product. */
export function CheckoutForm({ logIn, ...options }: CheckoutFormProps) {
  const { checkout } = options;
  const { price, pricing, consentText } = checkout;
  const { form, discount, total } = useCheckout(options);
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
      {canHaveDiscount(checkout) && (
        <div className={classes.sum}>
          <DiscountCode discount={discount} />
          {discount.quote !== null && (
            <p className={classes.total}>
              <span>{words.total}</span> <strong>{total.ok ? formatMoney(total.input) : "–"}</strong>
            </p>
          )}
        </div>
      )}
      <Button type="submit" look="primary" size="lg" fullWidth isBusy={form.isBusy || discount.isBusy}>
        {isFree ? words.getForFree : total.ok ? words.payTotal(formatMoney(total.input)) : words.pay}
      </Button>
    </form>
  );
}
