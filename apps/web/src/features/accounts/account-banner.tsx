import { useQuery } from "@tanstack/react-query";
import type { Account, User } from "@yumroad/contract";
import { type ReactNode, useState } from "react";
import { ActionProblem } from "../../components/action-problem.tsx";
import { Button } from "../../components/button.tsx";
import { Moment } from "../../components/moment.tsx";
import { readTab, writeTab } from "../../lib/tab-storage.ts";
import classes from "./account-banner.module.css";
import { accountQuery } from "./api.ts";
import { useUndoDeletion } from "./own-data/api.ts";
import { useResendVerification } from "./profile/api.ts";

// For whom the mail about their address can wait, in this tab.
const PUT_OFF = "yumroad:verification-put-off";

interface AccountBannerProps {
  user: User;
  /** What the page that is open says by itself, or nobody can do anything about. */
  isLeftOut: { verification: boolean; deletion: boolean };
  onKept: () => void;
  /** It is gone, and with it what was pressed. */
  onGone: () => void;
}

/** What somebody should know of their account wherever they are. Nobody has asked: while it is not known, nothing. */
export function AccountBanner({ user, isLeftOut, onKept, onGone }: AccountBannerProps) {
  const account = useQuery({
    ...accountQuery,
    // An address is confirmed, and a deletion undone, in another tab as well. Else there is nothing to look for.
    refetchOnWindowFocus: ({ state }) => isWorthSaying(state.data),
    refetchOnReconnect: false,
  });
  // Here, since what is done by it takes its button away.
  const undoDeletion = useUndoDeletion();
  const [isPutOff, setPutOff] = useState(() => readTab(PUT_OFF) === user.id);
  if (account.data === undefined) return null;
  const { deletionAt, isEmailVerified } = account.data;
  if (deletionAt !== null) {
    if (isLeftOut.deletion) return null;
    const keep = () => undoDeletion.mutate(undefined, { onSuccess: onKept });
    return (
      <Deletion deletionAt={deletionAt} isBusy={undoDeletion.isPending} error={undoDeletion.error} onKeep={keep} />
    );
  }
  if (isEmailVerified || isPutOff || isLeftOut.verification) return null;

  function putOff() {
    writeTab(PUT_OFF, user.id);
    setPutOff(true);
    onGone();
  }
  return <Verification email={account.data.user.email} onPutOff={putOff} />;
}

function isWorthSaying(account: Account | undefined): boolean {
  return account !== undefined && (account.deletionAt !== null || !account.isEmailVerified);
}

interface DeletionProps {
  deletionAt: string;
  isBusy: boolean;
  error: Error | null;
  onKeep: () => void;
}

function Deletion({ deletionAt, isBusy, error, onKeep }: DeletionProps) {
  return (
    <Banner
      actions={
        <Button size="sm" look="primary" isBusy={isBusy} onClick={onKeep}>
          Keep it
        </Button>
      }
    >
      <p>
        Your account will be deleted on <Moment at={deletionAt} />.
      </p>
      <ActionProblem error={error} text="It could not be undone" />
    </Banner>
  );
}

function Verification({ email, onPutOff }: { email: string; onPutOff: () => void }) {
  const resend = useResendVerification();
  return (
    <Banner
      actions={
        <>
          <Button size="sm" isBusy={resend.isPending} onClick={() => resend.mutate()}>
            Send the mail again
          </Button>
          <Button size="sm" look="quiet" onClick={onPutOff}>
            Not now
          </Button>
        </>
      }
    >
      <p role="status">
        {resend.isSuccess
          ? `A mail is on its way to ${email}.`
          : `Confirm your address with the link in the mail to ${email}.`}
      </p>
      <ActionProblem error={resend.error} text="The mail could not be sent" />
    </Banner>
  );
}

function Banner({ children, actions }: { children: ReactNode; actions: ReactNode }) {
  return (
    <section className={classes.banner} aria-label="About your account">
      <div className={classes.words}>{children}</div>
      <div className={classes.actions}>{actions}</div>
    </section>
  );
}
