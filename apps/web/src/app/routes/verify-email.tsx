import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router-dom";
import { ConfirmWithPassword, type Verified } from "../../identity/password/confirm-with-password.tsx";
import { asksPassword, isDeadLink, useDisownAccount, useVerifyEmail } from "../../identity/password/recovery-api.ts";
import { accountQuery } from "../../identity/users/api.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button, LinkButton } from "../../platform/ui/button.tsx";
import { ConfirmButton } from "../../platform/ui/confirm-button.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { useSession } from "../../session/session-query.ts";
import { mailedLinkWords } from "../../words/mailed-links.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { useForgetMailedToken, useMailedToken } from "../use-mailed-token.ts";
import { CardLayout } from "./card-layout.tsx";
import { DeadLink } from "./dead-link.tsx";

const { verify: words, disown: disownWords } = mailedLinkWords;

export function VerifyEmailPage() {
  const token = useMailedToken();
  return <VerifyEmail key={token} token={token} />;
}

/** The state of the page. */
type View =
  | { kind: "link" }
  | { kind: "password" }
  | { kind: "verified"; verified: Verified }
  | { kind: "disowned"; isAccountClosed: boolean }
  | { kind: "dead" };

function VerifyEmail({ token }: { token: string | null }) {
  const { keeper } = useApp();
  const forgetToken = useForgetMailedToken();
  const [view, setView] = useState<View>({ kind: "link" });
  if (token === null || view.kind === "dead") return <Dead />;
  const onDeadLink = () => setView({ kind: "dead" });
  function onVerified(verified: Verified) {
    setView({ kind: "verified", verified });
    forgetToken();
    // A changed address rotates a session in this browser.
    void keeper.recheck();
  }
  function onDisowned(isAccountClosed: boolean) {
    setView({ kind: "disowned", isAccountClosed });
    forgetToken();
    void keeper.recheck();
  }
  if (view.kind === "verified") return <Confirmed {...view.verified} />;
  if (view.kind === "disowned") return <Disowned isAccountClosed={view.isAccountClosed} />;
  if (view.kind === "link") {
    const onPassword = () => setView({ kind: "password" });
    return <FollowLink {...{ token, onVerified, onPassword, onDisowned, onDeadLink }} />;
  }
  return (
    <CardLayout key="password" isAnswer title={words.passwordTitle}>
      <p>{words.passwordLead}</p>
      <ConfirmWithPassword token={token} onVerified={onVerified} onDeadLink={onDeadLink} />
      <p>
        <Link to={paths.forgotPassword}>{words.forgot}</Link>
      </p>
      <Disown token={token} onDisowned={onDisowned} onDeadLink={onDeadLink} />
    </CardLayout>
  );
}

interface FollowLinkProps {
  token: string;
  onVerified: (verified: Verified) => void;
  onPassword: () => void;
  onDisowned: (isAccountClosed: boolean) => void;
  onDeadLink: () => void;
}

/** The token is used by a button, because mail scanners open every link (R61). */
function FollowLink({ token, onVerified, onPassword, onDisowned, onDeadLink }: FollowLinkProps) {
  const verifyEmail = useVerifyEmail();
  const mayBeOwn = useMayBeOwn();
  function follow() {
    verifyEmail.mutate(
      { token },
      {
        onSuccess: onVerified,
        onError(error) {
          if (isDeadLink(error)) onDeadLink();
          if (asksPassword(error)) onPassword();
        },
      },
    );
  }
  return (
    <CardLayout key="confirm" title={words.title}>
      <p>{words.lead}</p>
      <Button look="primary" fullWidth isBusy={verifyEmail.isPending} onClick={follow}>
        {words.confirm}
      </Button>
      <ActionProblem error={verifyEmail.error} text={words.failed} />
      {mayBeOwn === false && <Disown token={token} onDisowned={onDisowned} onDeadLink={onDeadLink} />}
    </CardLayout>
  );
}

/**
 * True if the link, which does not name its account, may belong to the logged-in user, because that account has an
 * address to verify. Undefined while unknown. If it belongs to another account after all, the password step follows.
 */
function useMayBeOwn(): boolean | undefined {
  const session = useSession();
  const isLoggedIn = session.data && session.data.user !== null;
  const account = useQuery({ ...accountQuery, enabled: isLoggedIn === true });
  if (isLoggedIn !== true) return isLoggedIn;
  return account.data && (!account.data.isEmailVerified || account.data.pendingEmail !== null);
}

interface DisownProps {
  token: string;
  onDisowned: (isAccountClosed: boolean) => void;
  onDeadLink: () => void;
}

/** For a person who got the mail because someone else typed their address. */
function Disown({ token, onDisowned, onDeadLink }: DisownProps) {
  const disown = useDisownAccount();
  function giveUp() {
    disown.mutate(token, {
      onSuccess: ({ isAccountClosed }) => onDisowned(isAccountClosed),
      onError: (error) => isDeadLink(error) && onDeadLink(),
    });
  }
  return (
    <>
      <ConfirmButton
        look="quiet"
        size="sm"
        text={disownWords.ask}
        isBusy={disown.isPending}
        question={{
          title: disownWords.askTitle,
          text: <p>{disownWords.askText}</p>,
          confirm: disownWords.confirm,
          cancel: disownWords.cancel,
        }}
        onConfirm={giveUp}
      />
      <ActionProblem error={disown.error} text={disownWords.failed} />
    </>
  );
}

function Disowned({ isAccountClosed }: { isAccountClosed: boolean }) {
  return (
    <CardLayout key="disowned" isAnswer title={isAccountClosed ? disownWords.closedTitle : disownWords.offTitle}>
      <p>{isAccountClosed ? disownWords.closed : disownWords.off}</p>
      <p>{disownWords.signUpLead}</p>
      <LinkButton to={paths.signUp} look="primary">
        {disownWords.signUp}
      </LinkButton>
    </CardLayout>
  );
}

function Confirmed({ email, isChanged }: Verified) {
  return (
    <CardLayout key="done" isAnswer title={isChanged ? words.changedTitle : words.confirmedTitle}>
      <p>
        <Rich text={isChanged ? words.changed : words.confirmed} parts={{ email: <strong>{email}</strong> }} />
      </p>
      <Onward />
    </CardLayout>
  );
}

function Dead() {
  const isLoggedIn = Boolean(useSession().data?.user);
  return (
    <DeadLink>
      <p>{isLoggedIn ? words.deadLoggedIn : words.dead}</p>
      {isLoggedIn ? (
        <LinkButton to={paths.profile} look="primary">
          {words.toProfile}
        </LinkButton>
      ) : (
        <Onward />
      )}
    </DeadLink>
  );
}

function Onward() {
  const isLoggedIn = Boolean(useSession().data?.user);
  return isLoggedIn ? (
    <LinkButton to={paths.dashboard} look="primary">
      {words.toDashboard}
    </LinkButton>
  ) : (
    <LinkButton to={paths.logIn} look="primary">
      {mailedLinkWords.logIn}
    </LinkButton>
  );
}
