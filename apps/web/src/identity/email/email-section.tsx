import type { Account } from "@yumroad/contract";
import type { ReactNode } from "react";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Badge } from "../../platform/ui/badge.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { resentWords, useCancelEmailChange, useResendVerification } from "./api.ts";
import { ChangeEmail } from "./change-email.tsx";
import classes from "./profile.module.css";

interface EmailSectionProps {
  account: Account;
  /** Without mail an address can neither be verified nor changed, because both need a mailed link. */
  canSendMail: boolean;
  /** A link to the mail tray of the local demo. */
  tray: ReactNode;
}

/** The user's address: its verification and its change. */
export function EmailSection({ account, canSendMail, tray }: EmailSectionProps) {
  const { user, isEmailVerified, pendingEmail } = account;
  return (
    <Section title="Your email" hint="You log in with it, and we write to it when something happens to your account.">
      <p className={classes.address}>
        <span>{user.email}</span>
        {isEmailVerified ? <Badge look="good">Verified</Badge> : <Badge>Not verified</Badge>}
      </p>
      {canSendMail ? (
        <>
          {!isEmailVerified && <Verification email={user.email} tray={tray} />}
          <PendingEmail email={user.email} pendingEmail={pendingEmail} tray={tray} />
          <ChangeEmail account={account} />
        </>
      ) : (
        <p>This shop can’t send mail, so your address can’t be confirmed or changed here. Ask whoever runs it.</p>
      )}
    </Section>
  );
}

function Verification({ email, tray }: { email: string; tray: ReactNode }) {
  const { resend, isPending, isDone, role, error } = useResendVerification();
  return (
    <div className={classes.part}>
      <p>Follow the link in the mail that we sent you when you signed up, to show that the address is yours.</p>
      <div className={classes.row}>
        <Button isBusy={isPending} onClick={resend}>
          Send the mail again
        </Button>
      </div>
      <p role={role}>{isDone && resentWords(email)}</p>
      {isDone && tray}
      <ActionProblem error={error} text="The mail could not be sent" />
    </div>
  );
}

interface PendingEmailProps {
  email: string;
  pendingEmail: string | null;
  tray: ReactNode;
}

/** The live region is rendered empty first, because only its changes are announced. */
function PendingEmail({ email, pendingEmail, tray }: PendingEmailProps) {
  const cancel = useCancelEmailChange();
  return (
    <div className={classes.pending}>
      <div role="status">
        {pendingEmail !== null && (
          <p>
            We have sent a link to <strong>{pendingEmail}</strong>. Until you follow it, your address stays {email}.
          </p>
        )}
      </div>
      {pendingEmail !== null && tray}
      {pendingEmail !== null && (
        <div>
          <Button size="sm" isBusy={cancel.isPending} onClick={() => cancel.mutate()}>
            Cancel the change
          </Button>
        </div>
      )}
      <ActionProblem error={cancel.error} text="It could not be cancelled" />
    </div>
  );
}
