import { type LoginAnswer, LoginInput } from "@yumroad/contract";
import { canUsePasskeys } from "../../platform/lib/passkeys.ts";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import { CheckboxField } from "../../platform/ui/checkbox-field.tsx";
import classes from "../../platform/ui/form.module.css";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { PasswordField } from "../../platform/ui/password-field.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { toldField } from "../../platform/ui/told-field.ts";
import { useForm } from "../../platform/ui/use-form.ts";
import { logInWords } from "../../words/log-in.ts";
import { LogInWithPasskey } from "../passkeys/log-in-with-passkey.tsx";
import { useLogIn } from "./api.ts";

const words = logInWords.form;

interface LogInFormProps {
  canSendMail: boolean;
  /** The email typed so far, here or on the page before. */
  email: string;
  onEmail: (email: string) => void;
  onLoggedIn: (session: LoginAnswer) => void;
}

export function LogInForm({ canSendMail, email, onEmail, onLoggedIn }: LogInFormProps) {
  const logIn = useLogIn();
  const form = useForm({
    initial: { email, password: "", remember: false },
    check: (values) => check(LoginInput, values),
    submit: async (input) => onLoggedIn(await logIn.mutateAsync(input)),
    hintOfProblem: canSendMail ? { rate_limited: words.lockedHint } : {},
  });
  const hasPasskeys = canUsePasskeys();
  return (
    <div className={classes.form}>
      <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={words.label}>
        <FormSummary problem={form.problem} />
        <TextField
          label={words.email}
          type="email"
          // Makes the browser offer passkeys in its autofill list.
          autoComplete={hasPasskeys ? "email webauthn" : "email"}
          autoCapitalize="none"
          spellCheck={false}
          field={toldField(form.field("email"), onEmail)}
        />
        <PasswordField autoComplete="current-password" field={form.field("password")} />
        <CheckboxField label={words.remember} description={words.rememberHint} field={form.field("remember")} />
        <Button type="submit" look="primary" size="md" fullWidth isBusy={form.isBusy}>
          {words.submit}
        </Button>
      </form>
      {hasPasskeys && <LogInWithPasskey remember={form.values.remember} onLoggedIn={onLoggedIn} />}
    </div>
  );
}
