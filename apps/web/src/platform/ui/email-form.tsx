import { Button } from "./button.tsx";
import classes from "./form.module.css";
import { FormSummary } from "./form-summary.tsx";
import { TextField } from "./text-field.tsx";
import type { FieldState, useForm } from "./use-form.ts";

interface EmailFormProps {
  form: Pick<ReturnType<typeof useForm<{ email: string }, unknown>>, "problem" | "isBusy" | "onSubmit" | "field">;
  /** The form's field, where others are told what is typed. */
  field?: FieldState<string>;
  words: { label: string; email: string; hint: string; submit: string };
  /** Closes the form. Left out: it is always there, and its button is as wide as it. */
  cancel?: { text: string; onCancel: () => void };
}

/** A form that asks for an email and nothing else. */
export function EmailForm({ form, field = form.field("email"), words, cancel }: EmailFormProps) {
  const isAlone = cancel === undefined;
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={words.label}>
      <FormSummary problem={form.problem} />
      <TextField
        label={words.email}
        description={words.hint}
        type="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        field={field}
      />
      <div className={classes.actions}>
        <Button type="submit" look="primary" fullWidth={isAlone} isBusy={form.isBusy}>
          {words.submit}
        </Button>
        {!isAlone && <Button onClick={cancel.onCancel}>{cancel.text}</Button>}
      </div>
    </form>
  );
}
