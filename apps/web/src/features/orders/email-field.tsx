import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { TextField } from "../../components/text-field.tsx";
import type { FieldState } from "../../components/use-form.ts";
import classes from "./email-field.module.css";
import { suggestEmail } from "./suggest-email.ts";

/** The email of an order. A likely slip in its domain is pointed out once the field is left: a receipt is easily lost. */
export function EmailField({ field }: { field: FieldState<string> }) {
  const [left, setLeft] = useState(field.value);
  const meant = left === field.value ? suggestEmail(left) : null;
  return (
    <div className={classes.field}>
      <TextField
        label="Email"
        description="We’ll send your receipt and the link to your order here."
        type="email"
        autoComplete="email"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        field={field}
        onBlur={() => setLeft(field.value)}
      />
      <div role="status" className={classes.hint}>
        {meant !== null && (
          <Button look="quiet" size="sm" onClick={() => field.set(meant)}>
            {`Did you mean ${meant}?`}
          </Button>
        )}
      </div>
    </div>
  );
}
