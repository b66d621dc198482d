import { type LiveSession, PasswordChange, type User } from "@yumroad/contract";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import classes from "../../platform/ui/form.module.css";
import { FormSection } from "../../platform/ui/form-section.tsx";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { PasswordField } from "../../platform/ui/password-field.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { newPasswordWords } from "../../words/new-password.ts";
import { passwordWords } from "../../words/password.ts";
import { useChangePassword } from "./api.ts";
import { StrengthMeter } from "./strength-meter.tsx";

const words = passwordWords.change;

const EMPTY = { currentPassword: "", password: "" };

interface ChangePasswordProps {
  user: User;
  onChanged: (session: LiveSession) => void;
}

/** The user's password: a form that changes it, on demand. */
export function ChangePassword(props: ChangePasswordProps) {
  return (
    <FormSection title={words.title} hint={words.hint} open={{ text: words.open, label: words.label }}>
      {(close) => <ChangePasswordForm {...props} onClose={close} />}
    </FormSection>
  );
}

function ChangePasswordForm({ user, onChanged, onClose }: ChangePasswordProps & { onClose: () => void }) {
  const changePassword = useChangePassword();
  const form = useForm({
    initial: EMPTY,
    check: (values) => check(PasswordChange, values),
    submit: async (input) => {
      const session = await changePassword.mutateAsync(input);
      onClose();
      onChanged(session);
    },
    fieldOfProblem: { invalid_credentials: "currentPassword" },
    textOfProblem: { invalid_credentials: words.wrong },
  });
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={words.label}>
      <FormSummary problem={form.problem} />
      {/* Hidden: tells password managers whose password is asked for. */}
      <input hidden readOnly autoComplete="username" value={user.email} />
      <PasswordField label={words.current} autoComplete="current-password" field={form.field("currentPassword")} />
      <div>
        <PasswordField
          label={words.new}
          autoComplete="new-password"
          description={newPasswordWords.hint}
          field={form.field("password")}
        />
        <StrengthMeter password={form.values.password} context={[user.name, user.email]} />
      </div>
      <div className={classes.actions}>
        <Button type="submit" look="primary" isBusy={form.isBusy}>
          {words.submit}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </form>
  );
}
