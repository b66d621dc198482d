import { EmailVerification } from "@yumroad/contract";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import classes from "../../platform/ui/form.module.css";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { PasswordField } from "../../platform/ui/password-field.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { passwordWords } from "../../words/password.ts";
import { isDeadLink, useVerifyEmail } from "./recovery-api.ts";

const words = passwordWords.confirm;

export interface Verified {
  email: string;
  isChanged: boolean;
}

interface ConfirmWithPasswordProps {
  token: string;
  onVerified: (verified: Verified) => void;
  onDeadLink: () => void;
}

/** Verifies an address without a session of its account: the password shows that its owner made the account. */
export function ConfirmWithPassword({ token, onVerified, onDeadLink }: ConfirmWithPasswordProps) {
  const verifyEmail = useVerifyEmail();
  const form = useForm({
    initial: { password: "" },
    check: (values) => check(EmailVerification, { ...values, token }),
    submit: async (input) => {
      try {
        onVerified(await verifyEmail.mutateAsync(input));
      } catch (error) {
        if (isDeadLink(error)) return onDeadLink();
        throw error;
      }
    },
    fieldOfProblem: { invalid_credentials: "password" },
    textOfProblem: { invalid_credentials: words.wrong },
  });
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={words.label}>
      <FormSummary problem={form.problem} />
      {/* The link does not name its account. Password managers look for the user here, and ask when it is empty. */}
      <input hidden readOnly autoComplete="username" value="" />
      <PasswordField autoComplete="current-password" field={form.field("password")} />
      <Button type="submit" look="primary" fullWidth isBusy={form.isBusy}>
        {words.submit}
      </Button>
    </form>
  );
}
