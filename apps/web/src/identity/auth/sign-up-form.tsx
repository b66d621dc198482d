import { type LiveSession, SignupInput } from "@yumroad/contract";
import type { ReactNode } from "react";
import { ApiError } from "../../platform/lib/call.ts";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import { CheckboxField } from "../../platform/ui/checkbox-field.tsx";
import classes from "../../platform/ui/form.module.css";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { PasswordField } from "../../platform/ui/password-field.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { toldField } from "../../platform/ui/told-field.ts";
import { useForm } from "../../platform/ui/use-form.ts";
import { newPasswordWords } from "../../words/new-password.ts";
import { signUpWords } from "../../words/sign-up.ts";
import { StrengthMeter } from "../password/strength-meter.tsx";
import { useSignUp } from "./api.ts";

const words = signUpWords.form;

interface SignUpFormProps {
  /** Who sees the name, in words. */
  nameHint: string;
  /** The email typed so far, or on the page before. */
  email: string;
  onEmail: (email: string) => void;
  /** Shown beside an email that already has an account. */
  ifTaken: ReactNode;
  onSignedUp: (session: LiveSession) => void;
}

export function SignUpForm({ nameHint, email, onEmail, ifTaken, onSignedUp }: SignUpFormProps) {
  const signUp = useSignUp();
  const form = useForm({
    initial: { name: "", email, password: "", remember: false },
    check: (values) => check(SignupInput, values),
    submit: async (input) => onSignedUp(await signUp.mutateAsync(input)),
    fieldOfProblem: { email_taken: "email" },
  });
  const { name, password } = form.values;
  const emailField = form.field("email");
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={words.label}>
      <FormSummary problem={form.problem} />
      <TextField label={words.name} description={nameHint} autoComplete="name" field={form.field("name")} />
      <TextField
        label={words.email}
        type="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        field={toldField(emailField, onEmail)}
      />
      {isTaken(signUp.error, emailField.error) && ifTaken}
      <div>
        <PasswordField autoComplete="new-password" description={newPasswordWords.hint} field={form.field("password")} />
        <StrengthMeter password={password} context={[name, emailField.value]} />
      </div>
      <CheckboxField label={words.remember} description={words.rememberHint} field={form.field("remember")} />
      <Button type="submit" look="primary" size="md" fullWidth isBusy={form.isBusy}>
        {words.submit}
      </Button>
    </form>
  );
}

/** Whether the problem shown at the email is that it has an account, and not one found since. */
function isTaken(error: Error | null, shown: string | null): boolean {
  return error instanceof ApiError && error.code === "email_taken" && error.message === shown;
}
