import type { LiveSession, User } from "@yumroad/contract";
import { useEffect } from "react";
import { isDeadLink } from "../../identity/password/recovery-api.ts";
import { useSetUpShop } from "../../operator/setup/api.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button, LinkButton } from "../../platform/ui/button.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { useSession } from "../../session/session-query.ts";
import { useSite } from "../../shop/api.ts";
import { setupWords } from "../../words/setup.ts";
import { useApp } from "../app-context.ts";
import { Probing, RedirectWithLoader } from "../guards.tsx";
import { accountPath, paths } from "../paths.ts";
import { useSetupKey } from "../use-setup-key.ts";
import { CardLayout } from "./card-layout.tsx";
import { DeadLink } from "./dead-link.tsx";

/** Makes the holder of the link that the server printed an operator. */
export function SetupPage() {
  const setupKey = useSetupKey();
  const session = useSession();
  const { setupKey: keptKey } = useApp();
  const isOperator = session.data?.user?.isOperator;
  // An operator needs no key, and it would make one of whoever logs in to this tab next.
  useEffect(() => {
    if (isOperator && setupKey !== null) keptKey.forget();
  }, [isOperator, setupKey, keptKey]);
  if (session.data === undefined) return <Probing session={session} />;
  const { user } = session.data;
  // Before the check for an operator, because it stays until it has led on after its success.
  if (setupKey !== null && user !== null) return <RunShop key={setupKey} setupKey={setupKey} user={user} />;
  if (user?.isOperator) return <AlreadyOperator />;
  return setupKey === null ? <NoKey /> : <LoggedOut />;
}

function RunShop({ setupKey, user }: { setupKey: string; user: User }) {
  const { keeper, notices, setupKey: keptKey } = useApp();
  const setUpShop = useSetUpShop();
  function onSetUp(session: LiveSession) {
    keptKey.forget();
    void keeper.goOn(session);
    notices.show({ kind: "success", text: setupWords.run.done });
  }
  function onError(error: Error) {
    if (isDeadLink(error)) keptKey.forget();
  }
  if (setUpShop.isSuccess) return <RedirectWithLoader to={paths.people} />;
  if (user.isOperator) return <AlreadyOperator />;
  if (isDeadLink(setUpShop.error)) return <Dead />;
  return (
    <CardLayout title={setupWords.title}>
      <p>
        <Rich text={setupWords.run.question} parts={{ name: <strong>{user.name}</strong>, email: user.email }} />
      </p>
      <Button
        look="primary"
        fullWidth
        isBusy={setUpShop.isPending}
        onClick={() => setUpShop.mutate(setupKey, { onSuccess: onSetUp, onError })}
      >
        {setupWords.run.confirm}
      </Button>
      <ActionProblem error={setUpShop.error} text={setupWords.run.failed} />
      <p>{setupWords.run.otherAccount}</p>
    </CardLayout>
  );
}

function LoggedOut() {
  const site = useSite();
  const canSignUp = !site.isPending && site.data?.signupMode !== "closed";
  return (
    <CardLayout title={setupWords.title}>
      <p>{setupWords.loggedOut.text}</p>
      {canSignUp && (
        <LinkButton to={accountPath(paths.signUp, paths.setup)} look="primary">
          {setupWords.loggedOut.signUp}
        </LinkButton>
      )}
      <LinkButton to={accountPath(paths.logIn, paths.setup)}>{setupWords.loggedOut.logIn}</LinkButton>
    </CardLayout>
  );
}

function AlreadyOperator() {
  return (
    <CardLayout title={setupWords.title}>
      <p>{setupWords.already.text}</p>
      <LinkButton to={paths.people} look="primary">
        {setupWords.already.people}
      </LinkButton>
    </CardLayout>
  );
}

function NoKey() {
  return (
    <CardLayout title={setupWords.title}>
      <p>{setupWords.noKey}</p>
      <NewLink />
    </CardLayout>
  );
}

function Dead() {
  return (
    <DeadLink>
      <NewLink />
    </DeadLink>
  );
}

function NewLink() {
  return (
    <p>
      <Rich text={setupWords.newLink} parts={{ code: (text) => <code>{text}</code> }} />
    </p>
  );
}
