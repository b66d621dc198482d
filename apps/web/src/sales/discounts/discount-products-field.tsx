import { Checkbox } from "@mantine/core";
import type { FieldState } from "../../platform/ui/use-form.ts";
import { discountWords } from "../../words/discounts.ts";
import { slugsIn } from "./discount-draft.ts";
import classes from "./discount-products-field.module.css";

const words = discountWords.form;

interface DiscountProductsFieldProps {
  products: readonly { slug: string; name: string }[];
  /** The slugs of the chosen products; none: all. */
  field: FieldState<string>;
}

/** The products that a code is good for. */
export function DiscountProductsField({ products, field }: DiscountProductsFieldProps) {
  const chosen = slugsIn(field.value);
  function choose(slug: string, isChosen: boolean) {
    field.set([...chosen.filter((one) => one !== slug), ...(isChosen ? [slug] : [])].join(" "));
  }
  return (
    <fieldset className={classes.field} id={field.id} tabIndex={-1} aria-describedby={`${field.id}-hint`}>
      <legend className={classes.legend}>{words.products}</legend>
      <p id={`${field.id}-hint`} className={classes.hint}>
        {field.error ?? words.productsHint}
      </p>
      <div className={classes.choices}>
        {products.map(({ slug, name }) => (
          <Checkbox
            key={slug}
            label={name}
            checked={chosen.includes(slug)}
            onChange={({ currentTarget }) => choose(slug, currentTarget.checked)}
          />
        ))}
      </div>
    </fieldset>
  );
}
