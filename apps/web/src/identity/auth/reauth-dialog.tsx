import { useQuery } from "@tanstack/react-query";
import { type LiveSession, Reauthentication, type User } from "@yumroad/contract";
import { useState } from "react";
import { ApiError } from "../../platform/lib/call.ts";
import { canUsePasskeys } from "../../platform/lib/passkeys.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import { Dialog } from "../../platform/ui/dialog.tsx";
import classes from "../../platform/ui/form.module.css";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { PasswordField } from "../../platform/ui/password-field.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { reauthDialogWords as words } from "../../words/reauth-dialog.ts";
import { factorFaults } from "../../words/validation-of-factors.ts";
import { passkeysQuery } from "../passkeys/api.ts";
import { factorsQuery } from "../two-factor/api.ts";
import { useReauthenticate, useReauthenticateWithPasskey } from "./reauth-api.ts";

interface ReauthDialogProps {
  user: User;
  onProven: (session: LiveSession) => void;
  onClose: () => void;
}

/** Asks the user to prove their identity, by a passkey or everything that a login requires (R69). */
export function ReauthDialog({ user, onProven, onClose }: ReauthDialogProps) {
  const withPasskey = useReauthenticateWithPasskey();
  const passkeys = useQuery({ ...passkeysQuery, enabled: canUsePasskeys() });
  const { form, owesCode } = useReauthForm(onProven);
  const hasPasskey = (passkeys.data?.items.length ?? 0) > 0;
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      onSubmit={form.onSubmit}
      actions={
        <>
          {hasPasskey && (
            <Button
              look="primary"
              isBusy={withPasskey.isPending}
              onClick={() => withPasskey.mutate(undefined, { onSuccess: onProven })}
            >
              {words.passkey}
            </Button>
          )}
          <Button type="submit" {...(hasPasskey ? {} : { look: "primary" })} isBusy={form.isBusy}>
            {words.confirm}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </>
      }
    >
      <div className={classes.form}>
        <p>{words.lead}</p>
        <FormSummary problem={form.problem} />
        <ActionProblem error={withPasskey.error} text={words.passkeyFailed} />
        {/* Hidden: tells password managers whose password is asked for. */}
        <input hidden readOnly autoComplete="username" value={user.email} />
        <PasswordField autoComplete="current-password" isFirst field={form.field("password")} />
        {owesCode && (
          <TextField
            label={words.code}
            description={words.codeHint}
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            field={form.field("code")}
          />
        )}
      </div>
    </Dialog>
  );
}

/** Password, and a code if the account is known to have an authenticator app or the server has asked for one. */
function useReauthForm(onProven: (session: LiveSession) => void) {
  const reauthenticate = useReauthenticate();
  const factors = useQuery(factorsQuery);
  const [isAskedForCode, setAskedForCode] = useState(false);
  const owesCode = isAskedForCode || (factors.data?.totpSince ?? null) !== null;

  async function submit(proof: Reauthentication) {
    try {
      onProven(await reauthenticate.mutateAsync(proof));
    } catch (error) {
      if (error instanceof ApiError && error.issues.some(({ path }) => path[0] === "code")) setAskedForCode(true);
      throw error;
    }
  }

  const form = useForm({
    faultTexts: factorFaults,
    initial: { password: "", code: "" },
    check: ({ password, code }) => check(Reauthentication, { password, ...(owesCode && { code }) }),
    submit,
    fieldOfProblem: { invalid_credentials: "password", invalid_code: "code" },
    textOfProblem: { invalid_credentials: words.wrong },
  });
  return { form, owesCode };
}
