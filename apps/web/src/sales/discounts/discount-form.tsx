import { CURRENCIES, type Discount, type DiscountInput } from "@yumroad/contract";
import { Button } from "../../platform/ui/button.tsx";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { SelectField } from "../../platform/ui/select-field.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { discountFaults, discountWords } from "../../words/discounts.ts";
import { useCreateDiscount } from "./api.ts";
import { checkDiscount, type DiscountDraft, emptyDraft, PERCENT } from "./discount-draft.ts";
import classes from "./discount-form.module.css";
import { DiscountLimitFields } from "./discount-limit-fields.tsx";
import { DiscountProductsField } from "./discount-products-field.tsx";

const words = discountWords.form;

const UNITS = [{ value: PERCENT, label: words.percent }, ...CURRENCIES];

interface DiscountFormProps {
  /** Products that the code can be good for alone. */
  products: readonly { slug: string; name: string }[];
  onMade: (discount: Discount) => void;
  onClose: () => void;
}

/** The form that makes a discount code. */
export function DiscountForm({ products, onMade, onClose }: DiscountFormProps) {
  const createDiscount = useCreateDiscount();
  const form = useForm<DiscountDraft, DiscountInput>({
    faultTexts: discountFaults,
    initial: emptyDraft,
    check: checkDiscount,
    submit: async (input) => onMade(await createDiscount.mutateAsync(input)),
    fieldOfProblem: { code_taken: "code" },
    textOfProblem: discountWords.problems,
  });
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={words.title}>
      <FormSummary problem={form.problem} />
      <TextField
        label={words.code}
        description={words.codeHint}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        field={form.field("code")}
      />
      <div className={classes.off}>
        <TextField label={words.value} inputMode="decimal" autoComplete="off" field={form.field("value")} />
        <SelectField label={words.unit} options={UNITS} field={form.field("unit")} />
        <p className={classes.hint}>{words.valueHint}</p>
      </div>
      {products.length > 0 && <DiscountProductsField products={products} field={form.field("products")} />}
      <DiscountLimitFields field={form.field} />
      <div className={classes.actions}>
        <Button type="submit" look="primary" isBusy={form.isBusy}>
          {words.create}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </form>
  );
}
