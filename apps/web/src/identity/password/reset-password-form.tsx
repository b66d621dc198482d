import { PASSWORD_LENGTH, PasswordReset } from "@yumroad/contract";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import classes from "../../platform/ui/form.module.css";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { PasswordField } from "../../platform/ui/password-field.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { isDeadLink, useResetPassword } from "./recovery-api.ts";
import { StrengthMeter } from "./strength-meter.tsx";

interface ResetPasswordFormProps {
  token: string;
  /** Called with the page to return to, or null. */
  onReset: (next: string | null) => void;
  onDeadLink: () => void;
}

export function ResetPasswordForm({ token, onReset, onDeadLink }: ResetPasswordFormProps) {
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
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label="Choose a new password">
      <FormSummary problem={form.problem} />
      {/* The link does not name its account. Password managers look for the user here, and ask when it is empty. */}
      <input hidden readOnly autoComplete="username" value="" />
      <div>
        <PasswordField
          label="New password"
          autoComplete="new-password"
          description={`At least ${PASSWORD_LENGTH.min} characters; a few words make a good one`}
          field={form.field("password")}
        />
        <StrengthMeter password={form.values.password} context={[]} />
      </div>
      <Button type="submit" look="primary" fullWidth isBusy={form.isBusy}>
        Change the password
      </Button>
    </form>
  );
}
