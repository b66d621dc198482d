import type { Discount, DiscountChanges } from "@yumroad/contract";
import { useEffect, useRef } from "react";
import { Button } from "../../platform/ui/button.tsx";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { discountFaults, discountWords } from "../../words/discounts.ts";
import { useChangeDiscount } from "./api.ts";
import { checkChanges, type DiscountLimits, limitsOf } from "./discount-draft.ts";
import classes from "./discount-form.module.css";
import { DiscountLimitFields } from "./discount-limit-fields.tsx";

interface ChangeDiscountFormProps {
  discount: Discount;
  onChanged: (discount: Discount) => void;
  onClose: () => void;
}

/** The form that changes when and how often a code can be used. Its first field takes the focus. */
export function ChangeDiscountForm({ discount, onChanged, onClose }: ChangeDiscountFormProps) {
  const words = discountWords.change;
  const changeDiscount = useChangeDiscount(discount.id);
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => element.current?.querySelector("input")?.focus(), []);
  const initial = limitsOf(discount);
  const form = useForm<DiscountLimits, DiscountChanges>({
    faultTexts: discountFaults,
    initial,
    check: (limits) => checkChanges(initial, limits),
    submit: async (changes) => onChanged(await changeDiscount.mutateAsync(changes)),
  });
  return (
    <form
      ref={element}
      className={classes.form}
      onSubmit={form.onSubmit}
      noValidate
      aria-label={words.title(discount.code)}
    >
      <FormSummary problem={form.problem} />
      <DiscountLimitFields field={form.field} />
      <div className={classes.actions}>
        <Button type="submit" look="primary" isBusy={form.isBusy}>
          {words.save}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </form>
  );
}
