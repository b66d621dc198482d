import { type LoginAnswer, LoginInput } from "@yumroad/contract";
import { Button } from "../../components/button.tsx";
import { check } from "../../components/check.ts";
import { CheckboxField } from "../../components/checkbox-field.tsx";
import { FormSummary } from "../../components/form-summary.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { TextField } from "../../components/text-field.tsx";
import { useForm } from "../../components/use-form.ts";
import { canUsePasskeys } from "../../lib/passkeys.ts";
import classes from "./account-form.module.css";
import { useLogIn } from "./api.ts";
import { LogInWithPasskey } from "./passkeys/log-in-with-passkey.tsx";

interface LogInFormProps {
  canSendMail: boolean;
  onLoggedIn: (session: LoginAnswer) => void;
}

// The same text whether the account exists or not.
const LOCKED_HINT = "If this keeps happening, check your inbox: we may have sent you a link that lets you in.";

export function LogInForm({ canSendMail, onLoggedIn }: LogInFormProps) {
  const logIn = useLogIn();
  const form = useForm({
    initial: { email: "", password: "", remember: false },
    check: (values) => check(LoginInput, values),
    submit: async (input) => onLoggedIn(await logIn.mutateAsync(input)),
    hintOfProblem: canSendMail ? { rate_limited: LOCKED_HINT } : {},
  });
  const hasPasskeys = canUsePasskeys();
  return (
    <div className={classes.form}>
      <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label="Log in">
        <FormSummary problem={form.problem} />
        <TextField
          label="Email"
          type="email"
          // Makes the browser offer passkeys in its autofill list.
          autoComplete={hasPasskeys ? "email webauthn" : "email"}
          autoCapitalize="none"
          spellCheck={false}
          field={form.field("email")}
        />
        <PasswordField autoComplete="current-password" field={form.field("password")} />
        <CheckboxField label="Remember me" description="Stay logged in on this device" field={form.field("remember")} />
        <Button type="submit" look="primary" size="md" fullWidth isBusy={form.isBusy}>
          Log in
        </Button>
      </form>
      {hasPasskeys && <LogInWithPasskey remember={form.values.remember} onLoggedIn={onLoggedIn} />}
    </div>
  );
}
