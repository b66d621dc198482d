import { CURRENCIES, currencyRules, PRODUCT_NAME_LENGTH } from "@yumroad/contract";
import { SelectField } from "../../platform/ui/select-field.tsx";
import { TextAreaField } from "../../platform/ui/text-area-field.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import type { FieldState } from "../../platform/ui/use-form.ts";
import { productFormWords } from "../../words/product-form.ts";
import { currencyOf, type ProductDraft, pricingOf } from "./product-draft.ts";
import classes from "./product-form.module.css";

const { fields, hints } = productFormWords;

const PRICINGS = Object.entries(productFormWords.pricings).map(([value, label]) => ({ value, label }));

interface ProductFieldsProps {
  form: { values: ProductDraft; field(name: keyof ProductDraft): FieldState<string> };
}

/** The fields of a product, new or existing. */
export function ProductFields({ form }: ProductFieldsProps) {
  const { decimals } = currencyRules(currencyOf(form.values));
  const isNamedByBuyer = pricingOf(form.values) === "pay_what_you_want";
  return (
    <>
      <TextField
        label={fields.name}
        description={hints.nameCount(form.values.name.trim().length, PRODUCT_NAME_LENGTH.max)}
        autoComplete="off"
        field={form.field("name")}
      />
      <SelectField
        label={fields.pricing}
        description={hints[pricingOf(form.values)]}
        options={PRICINGS}
        field={form.field("pricing")}
      />
      <div className={classes.price}>
        <TextField
          label={isNamedByBuyer ? hints.minimumPrice : fields.price}
          description={decimals === 0 ? hints.canBeFree : hints.price(`19.${"9".repeat(decimals)}`)}
          inputMode="decimal"
          autoComplete="off"
          field={form.field("price")}
        />
        <SelectField label={hints.currency} options={CURRENCIES} field={form.field("currency")} />
      </div>
      {isNamedByBuyer && (
        <TextField
          label={fields.suggestedAmount}
          description={hints.suggestedAmount}
          inputMode="decimal"
          autoComplete="off"
          isOptional
          field={form.field("suggestedAmount")}
        />
      )}
      <TextAreaField
        label={fields.description}
        description={hints.description}
        rows={9}
        field={form.field("description")}
      />
    </>
  );
}
