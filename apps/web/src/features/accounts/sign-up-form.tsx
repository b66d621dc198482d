import { type LiveSession, PASSWORD_LENGTH, SignupInput } from "@yumroad/contract";
import { Button } from "../../components/button.tsx";
import { check } from "../../components/check.ts";
import { CheckboxField } from "../../components/checkbox-field.tsx";
import { FormSummary } from "../../components/form-summary.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { TextField } from "../../components/text-field.tsx";
import { useForm } from "../../components/use-form.ts";
import classes from "./account-form.module.css";
import { useSignUp } from "./api.ts";
import { StrengthMeter } from "./strength-meter.tsx";

interface SignUpFormProps {
  /** Who sees the name, in words. */
  nameHint: string;
  onSignedUp: (session: LiveSession) => void;
}

export function SignUpForm({ nameHint, onSignedUp }: SignUpFormProps) {
  const signUp = useSignUp();
  const form = useForm({
    initial: { name: "", email: "", password: "", remember: false },
    check: (values) => check(SignupInput, values),
    submit: async (input) => onSignedUp(await signUp.mutateAsync(input)),
    fieldOfProblem: { email_taken: "email" },
  });
  const { name, email, password } = form.values;
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label="Sign up">
      <FormSummary problem={form.problem} />
      <TextField label="Name" description={nameHint} autoComplete="name" field={form.field("name")} />
      <TextField
        label="Email"
        type="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        field={form.field("email")}
      />
      <div>
        <PasswordField
          autoComplete="new-password"
          description={`At least ${PASSWORD_LENGTH.min} characters; a few words make a good one`}
          field={form.field("password")}
        />
        <StrengthMeter password={password} context={[name, email]} />
      </div>
      <CheckboxField label="Remember me" description="Stay logged in on this device" field={form.field("remember")} />
      <Button type="submit" look="primary" size="md" fullWidth isBusy={form.isBusy}>
        Sign up
      </Button>
    </form>
  );
}
