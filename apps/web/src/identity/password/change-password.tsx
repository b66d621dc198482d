import { type LiveSession, PASSWORD_LENGTH, PasswordChange, type User } from "@yumroad/contract";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import classes from "../../platform/ui/form.module.css";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { PasswordField } from "../../platform/ui/password-field.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { useChangePassword } from "./api.ts";
import { StrengthMeter } from "./strength-meter.tsx";

const EMPTY = { currentPassword: "", password: "" };

interface ChangePasswordProps {
  user: User;
  onChanged: (session: LiveSession) => void;
}

export function ChangePassword({ user, onChanged }: ChangePasswordProps) {
  const changePassword = useChangePassword();
  const form = useForm({
    initial: EMPTY,
    isReusable: true,
    check: (values) => check(PasswordChange, values),
    submit: async (input) => {
      const session = await changePassword.mutateAsync(input);
      form.setValues(EMPTY);
      onChanged(session);
    },
    fieldOfProblem: { invalid_credentials: "currentPassword" },
    textOfProblem: { invalid_credentials: "That is not your current password" },
  });
  return (
    <Section title="Your password" hint="A new one ends all your other sessions, and a mail tells you of it.">
      <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label="Change your password">
        <FormSummary problem={form.problem} />
        {/* Hidden: tells password managers whose password is asked for. */}
        <input hidden readOnly autoComplete="username" value={user.email} />
        <PasswordField label="Current password" autoComplete="current-password" field={form.field("currentPassword")} />
        <div>
          <PasswordField
            label="New password"
            autoComplete="new-password"
            description={`At least ${PASSWORD_LENGTH.min} characters; a few words make a good one`}
            field={form.field("password")}
          />
          <StrengthMeter password={form.values.password} context={[user.name, user.email]} />
        </div>
        <div>
          <Button type="submit" look="primary" isBusy={form.isBusy}>
            Change password
          </Button>
        </div>
      </form>
    </Section>
  );
}
