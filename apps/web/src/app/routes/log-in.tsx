import { useMutation } from "@tanstack/react-query";
import type { PendingSession } from "@yumroad/contract";
import { useState } from "react";
import { LogInForm } from "../../identity/auth/log-in-form.tsx";
import { SecondFactorForm } from "../../identity/auth/second-factor-form.tsx";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { pendingSessionOf, useSession } from "../../session/session-query.ts";
import { useIsSignupClosed, useSite } from "../../shop/api.ts";
import { logInWords } from "../../words/log-in.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { useCarriedEmail } from "../use-carried-email.ts";
import { AccountPage, OtherPage } from "./account-page.tsx";

const words = logInWords.page;

export function LogInPage() {
  const pending = pendingSessionOf(useSession().data);
  const [hasBeenFurther, setBeenFurther] = useState(pending !== null);
  if (pending !== null && !hasBeenFurther) setBeenFurther(true);
  return pending === null ? <FirstStep isAnswer={hasBeenFurther} /> : <SecondStep pending={pending} />;
}

function FirstStep({ isAnswer }: { isAnswer: boolean }) {
  const { keeper } = useApp();
  const isClosed = useIsSignupClosed();
  const [email, setEmail] = useCarriedEmail();
  const canSendMail = useSite().data?.canSendMail === true;
  return (
    <AccountPage
      title={words.title}
      isAnswer={isAnswer}
      below={
        <>
          <OtherPage text={words.forgot} page={paths.forgotPassword} />
          {!isClosed && <OtherPage question={words.isNew} text={words.signUp} page={paths.signUp} />}
        </>
      }
    >
      <LogInForm canSendMail={canSendMail} email={email} onEmail={setEmail} onLoggedIn={keeper.enter} />
    </AccountPage>
  );
}

/** Shown when the password was right. The login is complete only with the second factor (R71). */
function SecondStep({ pending }: { pending: PendingSession }) {
  const { keeper } = useApp();
  return (
    <AccountPage title={words.codeTitle} below={<SomebodyElse />}>
      <SecondFactorForm factors={pending.secondFactors} onLoggedIn={keeper.enter} />
    </AccountPage>
  );
}

function SomebodyElse() {
  const { keeper } = useApp();
  const startOver = useMutation({ mutationFn: keeper.startOver });
  return (
    <>
      <Button look="quiet" isBusy={startOver.isPending} onClick={() => startOver.mutate()}>
        {words.otherEmail}
      </Button>
      <ActionProblem error={startOver.error} text={words.otherEmailFailed} />
    </>
  );
}
