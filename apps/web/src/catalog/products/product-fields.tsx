import { CURRENCIES, currencyRules, PRODUCT_NAME_LENGTH } from "@yumroad/contract";
import { SelectField } from "../../platform/ui/select-field.tsx";
import { TextAreaField } from "../../platform/ui/text-area-field.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import type { FieldState } from "../../platform/ui/use-form.ts";
import { PRICING_WORDS } from "./pricing-words.ts";
import { currencyOf, type ProductDraft, pricingOf } from "./product-draft.ts";
import classes from "./product-form.module.css";

const PRICINGS = Object.entries(PRICING_WORDS).map(([value, label]) => ({ value, label }));

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
        label="Name"
        description={`${PRODUCT_NAME_LENGTH.min} to ${PRODUCT_NAME_LENGTH.max} characters`}
        autoComplete="off"
        field={form.field("name")}
      />
      <SelectField
        label="Pricing"
        description={isNamedByBuyer ? "Buyers choose how much they pay" : "Everybody pays the same"}
        options={PRICINGS}
        field={form.field("pricing")}
      />
      <div className={classes.price}>
        <TextField
          label={isNamedByBuyer ? "Least price" : "Price"}
          description={decimals === 0 ? "0 for free" : `e.g. 19.${"9".repeat(decimals)} – 0 for free`}
          inputMode="decimal"
          autoComplete="off"
          field={form.field("price")}
        />
        <SelectField label="Currency" options={CURRENCIES} field={form.field("currency")} />
      </div>
      {isNamedByBuyer && (
        <TextField
          label="Suggested price"
          description="Optional. Buyers find it filled in"
          inputMode="decimal"
          autoComplete="off"
          isOptional
          field={form.field("suggestedAmount")}
        />
      )}
      <TextAreaField
        label="Description"
        description="Optional. Markdown works: # heading, **bold**, - list, [link](https://…)"
        rows={9}
        field={form.field("description")}
      />
    </>
  );
}
