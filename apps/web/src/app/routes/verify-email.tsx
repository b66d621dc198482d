import { ActionProblem } from "../../components/action-problem.tsx";
import { Button, LinkButton } from "../../components/button.tsx";
import { useSession } from "../../features/accounts/api.ts";
import { isDeadLink, useVerifyEmail } from "../../features/accounts/recovery/api.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { useMailedToken } from "../use-mailed-token.ts";
import { DeadLink } from "./dead-link.tsx";
import { SheetPage } from "./sheet-page.tsx";

export function VerifyEmailPage() {
  const token = useMailedToken();
  return <VerifyEmail key={token} token={token} />;
}

/** Programs that look into mails open every link: it is the button that uses it up (R61). */
function VerifyEmail({ token }: { token: string | null }) {
  const { keeper } = useApp();
  const verifyEmail = useVerifyEmail();
  if (verifyEmail.isSuccess) return <Verified {...verifyEmail.data} />;
  if (token === null || isDeadLink(verifyEmail.error)) return <Dead />;
  return (
    <SheetPage key="confirm" title="Confirm your address">
      <p>One press, and we know that mail to this address reaches you.</p>
      <Button
        look="primary"
        fullWidth
        isBusy={verifyEmail.isPending}
        // A changed address goes with a new session, if somebody is logged in here.
        onClick={() => verifyEmail.mutate(token, { onSuccess: () => void keeper.recheck() })}
      >
        Confirm my address
      </Button>
      <ActionProblem error={verifyEmail.error} text="The address could not be confirmed" />
    </SheetPage>
  );
}

function Verified({ email, isChanged }: { email: string; isChanged: boolean }) {
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
