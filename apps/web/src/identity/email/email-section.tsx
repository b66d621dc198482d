import type { Account } from "@yumroad/contract";
import type { ReactNode } from "react";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Badge } from "../../platform/ui/badge.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { FormSection } from "../../platform/ui/form-section.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { emailWords } from "../../words/email.ts";
import { useCancelEmailChange, useResendVerification } from "./api.ts";
import { ChangeEmail } from "./change-email.tsx";
import classes from "./profile.module.css";

const words = emailWords.section;

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
  const address = (
    <p className={classes.address}>
      <span>{user.email}</span>
      {isEmailVerified ? <Badge look="good">{words.verified}</Badge> : <Badge>{words.notVerified}</Badge>}
    </p>
  );
  if (!canSendMail) {
    return (
      <Section title={words.title} hint={words.hint}>
        {address}
        <p>{words.noMail}</p>
      </Section>
    );
  }
  const current = (
    <>
      {address}
      {!isEmailVerified && <Verification email={user.email} tray={tray} />}
      <PendingEmail email={user.email} pendingEmail={pendingEmail} tray={tray} />
    </>
  );
  const { open, label } = emailWords.change;
  return (
    <FormSection title={words.title} hint={words.hint} open={{ text: open, label }} current={current}>
      {(close) => <ChangeEmail account={account} onClose={close} />}
    </FormSection>
  );
}

function Verification({ email, tray }: { email: string; tray: ReactNode }) {
  const { resend, isPending, isDone, role, error } = useResendVerification();
  return (
    <div className={classes.part}>
      <p>{words.confirm}</p>
      <div className={classes.row}>
        <Button isBusy={isPending} onClick={resend}>
          {emailWords.resend}
        </Button>
      </div>
      <p role={role}>{isDone && emailWords.resent(email)}</p>
      {isDone && tray}
      <ActionProblem error={error} text={emailWords.resendFailed} />
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
            <Rich text={words.pending} parts={{ email: <strong>{pendingEmail}</strong>, current: email }} />
          </p>
        )}
      </div>
      {pendingEmail !== null && tray}
      {pendingEmail !== null && (
        <div>
          <Button size="sm" isBusy={cancel.isPending} onClick={() => cancel.mutate()}>
            {words.cancel}
          </Button>
        </div>
      )}
      <ActionProblem error={cancel.error} text={words.cancelFailed} />
    </div>
  );
}
