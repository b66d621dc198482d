import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router-dom";
import { ConfirmWithPassword, type Verified } from "../../identity/password/confirm-with-password.tsx";
import { asksPassword, isDeadLink, useDisownAccount, useVerifyEmail } from "../../identity/password/recovery-api.ts";
import { accountQuery } from "../../identity/users/api.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button, LinkButton } from "../../platform/ui/button.tsx";
import { ConfirmButton } from "../../platform/ui/confirm-button.tsx";
import { useSession } from "../../session/session-query.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { useForgetMailedToken, useMailedToken } from "../use-mailed-token.ts";
import { DeadLink } from "./dead-link.tsx";
import { SheetPage } from "./sheet-page.tsx";

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
    <SheetPage key="password" isAnswer title="Enter your password">
      <p>To confirm this email, enter the password of your account.</p>
      <ConfirmWithPassword token={token} onVerified={onVerified} onDeadLink={onDeadLink} />
      <p>
        <Link to={paths.forgotPassword}>Forgot your password?</Link>
      </p>
      <Disown token={token} onDisowned={onDisowned} onDeadLink={onDeadLink} />
    </SheetPage>
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
    <SheetPage key="confirm" title="Confirm your address">
      <p>One press, and we know that mail to this address reaches you.</p>
      <Button look="primary" fullWidth isBusy={verifyEmail.isPending} onClick={follow}>
        Confirm my address
      </Button>
      <ActionProblem error={verifyEmail.error} text="The address could not be confirmed" />
      {mayBeOwn === false && <Disown token={token} onDisowned={onDisowned} onDeadLink={onDeadLink} />}
    </SheetPage>
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
        text="I didn’t create this account…"
        isBusy={disown.isPending}
        question={{
          title: "You didn’t create this account?",
          text: <p>We’ll take your email off it. A new account that was made with your email is closed for good.</p>,
          confirm: "I didn’t create it",
          cancel: "Cancel",
        }}
        onConfirm={giveUp}
      />
      <ActionProblem error={disown.error} text="Your email could not be taken off it" />
    </>
  );
}

function Disowned({ isAccountClosed }: { isAccountClosed: boolean }) {
  return (
    <SheetPage
      key="disowned"
      isAnswer
      title={isAccountClosed ? "The account is closed" : "Your email is off that account"}
    >
      <p>
        {isAccountClosed
          ? "Whoever created it is logged out, and your email is free again."
          : "Somebody asked to use your email for their account. They can’t any more."}
      </p>
      <p>If you would like an account of your own, you can sign up with your email.</p>
      <LinkButton to={paths.signUp} look="primary">
        Sign up
      </LinkButton>
    </SheetPage>
  );
}

function Confirmed({ email, isChanged }: Verified) {
  return (
    <SheetPage key="done" isAnswer title={isChanged ? "Your address is changed" : "Your address is confirmed"}>
      <p>
        {isChanged ? "From now on you log in with " : "We know now that mail reaches you at "}
        <strong>{email}</strong>.
      </p>
      <Onward />
    </SheetPage>
  );
}

function Dead() {
  const isLoggedIn = Boolean(useSession().data?.user);
  return (
    <DeadLink>
      <p>
        {isLoggedIn
          ? "If your address still waits to be confirmed, your profile can send you another one."
          : "If your address still waits to be confirmed, log in: we can send you another one."}
      </p>
      {isLoggedIn ? (
        <LinkButton to={paths.profile} look="primary">
          Go to your profile
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
      Go to your dashboard
    </LinkButton>
  ) : (
    <LinkButton to={paths.logIn} look="primary">
      Log in
    </LinkButton>
  );
}
