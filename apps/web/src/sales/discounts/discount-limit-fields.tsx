import { TextField } from "../../platform/ui/text-field.tsx";
import type { FieldState } from "../../platform/ui/use-form.ts";
import { discountWords } from "../../words/discounts.ts";
import type { DiscountLimits } from "./discount-draft.ts";
import classes from "./discount-form.module.css";

const words = discountWords.form;
const number = { inputMode: "numeric", autoComplete: "off", isOptional: true } as const;
const moment = { type: "datetime-local", isOptional: true } as const;

/** The fields for when and how often a code can be used. */
export function DiscountLimitFields({ field }: { field: (name: keyof DiscountLimits & string) => FieldState<string> }) {
  return (
    <div className={classes.pair}>
      <TextField label={words.startsAt} {...moment} field={field("startsAt")} />
      <TextField label={words.endsAt} {...moment} field={field("endsAt")} />
      <TextField label={words.maxUses} {...number} field={field("maxUses")} />
      <TextField label={words.perBuyer} {...number} field={field("perBuyer")} />
    </div>
  );
}
