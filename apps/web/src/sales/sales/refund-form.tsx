import { amountText, type Money, moneyText, type Refund, type RefundInput, type Sale } from "@yumroad/contract";
import { useState } from "react";
import { randomUuid } from "../../platform/lib/random-uuid.ts";
import { Button } from "../../platform/ui/button.tsx";
import { CheckboxField } from "../../platform/ui/checkbox-field.tsx";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { TextAreaField } from "../../platform/ui/text-area-field.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { saleWords } from "../../words/sales.ts";
import { moneyFaults } from "../../words/validation-of-money.ts";
import { isUnreachable, useRefund, useReloadSale } from "./api.ts";
import { checkRefund, parseRefund, type RefundValues } from "./refund-check.ts";
import classes from "./sale-view.module.css";

const words = saleWords.refundForm;

/** What became of a refund; `asked`: it is stored, and the payment provider has yet to answer. */
export interface RefundResult {
  amount: Money;
  state: Refund["state"];
}

interface RefundFormProps {
  sale: Sale;
  /** True: the form begins with ending the access. */
  endsAccess?: boolean;
  onAnswer: (result: RefundResult) => void;
  onClose: () => void;
}

export function RefundForm({ sale, endsAccess = false, onAnswer, onClose }: RefundFormProps) {
  // From when the form was opened: a refund whose answer got lost is sent again as it was.
  const [{ left, attempt, known }] = useState(() => ({
    ...{ left: sale.leftToRefund, attempt: randomUuid() },
    known: sale.refunds.length,
  }));
  const refundSale = useRefund(sale.ref);
  const reloadSale = useReloadSale(sale.ref);
  const form = useForm<RefundValues, RefundInput>({
    faultTexts: moneyFaults,
    initial: { amount: amountText(left), endsAccess, reason: "" },
    fieldOfProblem: { refund_too_high: "amount" },
    textOfProblem: { attempt_reused: words.sentAlready },
    check: (values) => checkRefund(values, { left, attempt }),
    submit: async (input) => {
      const amount = { amount: input.amount, currency: left.currency };
      const state = await sendRefund(input);
      onAnswer({ amount, state });
    },
  });
  async function sendRefund(input: RefundInput): Promise<Refund["state"]> {
    try {
      const { refunds } = await refundSale.mutateAsync(input);
      return refunds.at(-1)?.state ?? "done";
    } catch (error) {
      // A provider that this shop has no more is not asked: then nothing is stored.
      if (isUnreachable(error) && (await reloadSale()).refunds.length > known) return "asked";
      throw error;
    }
  }
  const amount = parseRefund(form.values.amount, left);
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={words.label}>
      <FormSummary problem={form.problem} />
      <TextField
        label={words.amount(left.currency)}
        inputMode="decimal"
        autoComplete="off"
        description={words.atMost(moneyText(left))}
        field={form.field("amount")}
      />
      <CheckboxField label={words.endsAccess} description={words.endsAccessHint} field={form.field("endsAccess")} />
      <TextAreaField label={words.reason} description={words.reasonHint} rows={2} field={form.field("reason")} />
      <div className={classes.actions}>
        <Button type="submit" look="primary" isBusy={form.isBusy}>
          {amount.ok && amount.input.amount > 0 ? words.refundAmount(moneyText(amount.input)) : words.refund}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </form>
  );
}
