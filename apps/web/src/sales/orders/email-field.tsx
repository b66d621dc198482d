import { useEffect, useState } from "react";
import { Button } from "../../platform/ui/button.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import type { FieldState } from "../../platform/ui/use-form.ts";
import { orderEmailWords } from "../../words/order-email.ts";
import classes from "./email-field.module.css";
import { suggestEmail } from "./suggest-email.ts";

/** Nobody who still types "gmail.com" pauses for as long. */
const TYPING_PAUSE_MS = 700;

/**
 * The email of an order. A likely slip in its domain is pointed out, because a receipt is easily lost: after a pause in
 * typing, and not when the field is left. That would move the button away from under the pointer that presses it.
 */
export function EmailField({ field }: { field: FieldState<string> }) {
  const { value } = field;
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  const meant = settled === value ? suggestEmail(value) : null;
  return (
    <div className={classes.field}>
      <TextField
        label={orderEmailWords.label}
        description={orderEmailWords.hint}
        type="email"
        autoComplete="email"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        field={field}
      />
      <div role="status" className={classes.hint}>
        {meant !== null && (
          <Button look="quiet" size="sm" onClick={() => field.set(meant)}>
            {orderEmailWords.didYouMean(meant)}
          </Button>
        )}
      </div>
    </div>
  );
}
