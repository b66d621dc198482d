import { PasswordReset } from "@yumroad/contract";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import classes from "../../platform/ui/form.module.css";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { PasswordField } from "../../platform/ui/password-field.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { newPasswordWords } from "../../words/new-password.ts";
import { passwordWords } from "../../words/password.ts";
import { isDeadLink, useResetPassword } from "./recovery-api.ts";
import { StrengthMeter } from "./strength-meter.tsx";

const words = passwordWords.reset;

interface ResetPasswordFormProps {
  token: string;
  /** The account's, for the password manager; empty if it is not known. */
  email: string;
  /** Called with the page to return to, or null. */
  onReset: (next: string | null) => void;
  onDeadLink: () => void;
}

export function ResetPasswordForm({ token, email, onReset, onDeadLink }: ResetPasswordFormProps) {
  const resetPassword = useResetPassword();
  const form = useForm({
    initial: { password: "" },
    check: (values) => check(PasswordReset, { ...values, token }),
    submit: async (input) => {
      let next: string | null;
      try {
        next = (await resetPassword.mutateAsync(input)).next;
      } catch (error) {
        if (isDeadLink(error)) return onDeadLink();
        throw error;
      }
      onReset(next);
    },
  });
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={words.label}>
      <FormSummary problem={form.problem} />
      {/* Password managers look for the user here. */}
      <input hidden readOnly autoComplete="username" value={email} />
      <div>
        <PasswordField
          label={words.new}
          autoComplete="new-password"
          description={newPasswordWords.hint}
          field={form.field("password")}
        />
        <StrengthMeter password={form.values.password} context={[email]} />
      </div>
      <Button type="submit" look="primary" fullWidth isBusy={form.isBusy}>
        {words.submit}
      </Button>
    </form>
  );
}
