import { useQuery } from "@tanstack/react-query";
import type { Account, User } from "@yumroad/contract";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { Moment } from "../../platform/ui/moment.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { accountWords } from "../../words/account.ts";
import { emailWords } from "../../words/email.ts";
import { useResendVerification } from "../email/api.ts";
import { useUndoDeletion } from "../privacy/api.ts";
import { accountQuery } from "../users/api.ts";
import classes from "./account-banner.module.css";
import {
  type BannerKind,
  BannerRoom,
  forgetBannerRoom,
  putOffVerification,
  useBannerRoom,
  verificationPutOffBy,
} from "./banner-room.tsx";

const words = accountWords.banner;

interface AccountBannerProps {
  user: User;
  /** Banners to omit: the open page says the same, or nothing can be done about them. */
  isLeftOut: Readonly<Record<BannerKind, boolean>>;
  onKept: () => void;
  /** The banner has disappeared together with the pressed button. */
  onGone: () => void;
}

/** A banner about the user's account on every page. Renders nothing until the account has loaded. */
export function AccountBanner({ user, isLeftOut, onKept, onGone }: AccountBannerProps) {
  const account = useQuery({
    ...accountQuery,
    // An address may be verified, or a deletion undone, in another tab. Otherwise no refetch is needed.
    refetchOnWindowFocus: ({ state }) => state.data !== undefined && kindOf(state.data) !== null,
    refetchOnReconnect: false,
  });
  // The mutation lives here, because its success removes its button.
  const undoDeletion = useUndoDeletion();
  const [isPutOff, setPutOff] = useState(() => verificationPutOffBy() === user.id);
  const kind = account.data === undefined ? null : kindOf(account.data);
  const isSilent = account.data !== undefined && (kind === null || (kind === "verification" && isPutOff));
  useEffect(() => {
    if (isSilent) forgetBannerRoom();
  }, [isSilent]);
  if (account.isPending) return <BannerRoom isLeftOut={isLeftOut} />;
  if (account.data === undefined || kind === null || isSilent || isLeftOut[kind]) return null;

  const { deletionAt } = account.data;
  if (deletionAt !== null) {
    const keep = () => undoDeletion.mutate(undefined, { onSuccess: onKept });
    return (
      <Deletion deletionAt={deletionAt} isBusy={undoDeletion.isPending} error={undoDeletion.error} onKeep={keep} />
    );
  }
  function putOff() {
    putOffVerification(user.id);
    setPutOff(true);
    onGone();
  }
  return <Verification email={account.data.user.email} onPutOff={putOff} />;
}

/** The most urgent banner of an account. */
function kindOf({ deletionAt, isEmailVerified }: Account): BannerKind | null {
  if (deletionAt !== null) return "deletion";
  return isEmailVerified ? null : "verification";
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
      kind="deletion"
      actions={
        <Button size="sm" look="primary" isBusy={isBusy} onClick={onKeep}>
          {words.keep}
        </Button>
      }
    >
      <p>
        <Rich text={words.deletion} parts={{ date: <Moment at={deletionAt} /> }} />
      </p>
      <ActionProblem error={error} text={words.keepFailed} />
    </Banner>
  );
}

function Verification({ email, onPutOff }: { email: string; onPutOff: () => void }) {
  const { resend, isPending, isDone, role, error } = useResendVerification();
  return (
    <Banner
      kind="verification"
      actions={
        <>
          <Button size="sm" isBusy={isPending} onClick={resend}>
            {emailWords.resend}
          </Button>
          <Button size="sm" onClick={onPutOff}>
            {words.later}
          </Button>
        </>
      }
    >
      <p role={role}>{isDone ? emailWords.resent(email) : words.confirm(email)}</p>
      <ActionProblem error={error} text={emailWords.resendFailed} />
    </Banner>
  );
}

interface BannerProps {
  kind: BannerKind;
  children: ReactNode;
  actions: ReactNode;
}

function Banner({ kind, children, actions }: BannerProps) {
  const box = useRef<HTMLElement>(null);
  useBannerRoom(box, kind);
  return (
    <section ref={box} className={classes.banner} aria-label={words.label}>
      <div className={classes.words}>{children}</div>
      <div className={classes.actions}>{actions}</div>
    </section>
  );
}
