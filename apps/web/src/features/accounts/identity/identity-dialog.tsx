import { useQuery } from "@tanstack/react-query";
import { type LiveSession, Reauthentication, type User } from "@yumroad/contract";
import { ActionProblem } from "../../../components/action-problem.tsx";
import { Button } from "../../../components/button.tsx";
import { check } from "../../../components/check.ts";
import { Dialog } from "../../../components/dialog.tsx";
import { FormSummary } from "../../../components/form-summary.tsx";
import { PasswordField } from "../../../components/password-field.tsx";
import { useForm } from "../../../components/use-form.ts";
import { canUsePasskeys } from "../../../lib/passkeys.ts";
import classes from "../account-form.module.css";
import { passkeysQuery } from "../passkeys/api.ts";
import { useReauthenticate, useReauthenticateWithPasskey } from "./api.ts";

interface IdentityDialogProps {
  user: User;
  onProven: (session: LiveSession) => void;
  onClose: () => void;
}

/** Asks the person to prove that it is still them (R69). */
export function IdentityDialog({ user, onProven, onClose }: IdentityDialogProps) {
  const reauthenticate = useReauthenticate();
  const withPasskey = useReauthenticateWithPasskey();
  const passkeys = useQuery({ ...passkeysQuery, enabled: canUsePasskeys() });
  const form = useForm({
    initial: { password: "" },
    check: (values) => check(Reauthentication, values),
    submit: async (input) => onProven(await reauthenticate.mutateAsync(input)),
    fieldOfProblem: { invalid_credentials: "password" },
    textOfProblem: { invalid_credentials: "That is not your password" },
  });
  const hasPasskey = (passkeys.data?.items.length ?? 0) > 0;
  return (
    <Dialog
      title="Confirm that it is you"
      onClose={onClose}
      onSubmit={form.onSubmit}
      actions={
        <>
          <Button type="submit" look="primary" isBusy={form.isBusy}>
            Confirm
          </Button>
          {hasPasskey && (
            <Button
              isBusy={withPasskey.isPending}
              onClick={() => withPasskey.mutate(undefined, { onSuccess: onProven })}
            >
              Use a passkey
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
        </>
      }
    >
      <div className={classes.form}>
        <p>What you are about to do matters, and it has been a while since you logged in.</p>
        <FormSummary problem={form.problem} />
        <ActionProblem error={withPasskey.error} text="That did not work" />
        {/* Not to be seen: password managers look for whom the password is. */}
        <input hidden readOnly autoComplete="username" value={user.email} />
        <PasswordField autoComplete="current-password" isFirst field={form.field("password")} />
      </div>
    </Dialog>
  );
}
