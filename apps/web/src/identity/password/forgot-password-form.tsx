import { PasswordResetRequest } from "@yumroad/contract";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import classes from "../../platform/ui/form.module.css";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { toldField } from "../../platform/ui/told-field.ts";
import { useForm } from "../../platform/ui/use-form.ts";
import { passwordWords } from "../../words/password.ts";
import { useRequestPasswordReset } from "./recovery-api.ts";

const words = passwordWords.forgotten;

interface ForgotPasswordFormProps {
  /** The email typed so far, here or on the page before. */
  email: string;
  onEmail: (email: string) => void;
  /** The page to return to at the end; null for home. */
  next: string | null;
  onAsked: (email: string) => void;
}

export function ForgotPasswordForm({ email, onEmail, next, onAsked }: ForgotPasswordFormProps) {
  const requestPasswordReset = useRequestPasswordReset();
  const form = useForm({
    initial: { email },
    check: (values) => check(PasswordResetRequest, { ...values, ...(next === null ? {} : { next }) }),
    submit: async (input) => {
      await requestPasswordReset.mutateAsync(input);
      onAsked(input.email);
    },
  });
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={words.title}>
      <FormSummary problem={form.problem} />
      <TextField
        label={words.email}
        description={words.emailHint}
        type="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        field={toldField(form.field("email"), onEmail)}
      />
      <Button type="submit" look="primary" fullWidth isBusy={form.isBusy}>
        {words.submit}
      </Button>
    </form>
  );
}
