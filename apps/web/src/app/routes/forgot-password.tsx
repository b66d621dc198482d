import { useState } from "react";
import { useLocation } from "react-router-dom";
import { ForgotPasswordForm } from "../../identity/password/forgot-password-form.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { Loading } from "../../platform/ui/states.tsx";
import { useSite } from "../../shop/api.ts";
import { passwordWords } from "../../words/password.ts";
import { nextOf, paths } from "../paths.ts";
import { useCarriedEmail } from "../use-carried-email.ts";
import { OtherPage } from "./account-page.tsx";
import { CardLayout } from "./card-layout.tsx";
import { InTheTray } from "./in-the-tray.tsx";

const words = passwordWords.forgotten;

export function ForgotPasswordPage() {
  const site = useSite();
  if (site.data?.canSendMail === false) return <NoMail />;
  return <ForgotPassword isPending={site.isPending} />;
}

function ForgotPassword({ isPending }: { isPending: boolean }) {
  const { search } = useLocation();
  const next = nextOf(search);
  const [email, setEmail] = useCarriedEmail();
  const [isAsked, setAsked] = useState(false);
  const [isAgain, setAgain] = useState(false);
  if (isAsked) {
    const onAgain = () => {
      setAgain(true);
      setAsked(false);
    };
    return <LinkIsOnItsWay email={email} onAgain={onAgain} />;
  }
  return (
    <CardLayout key="ask" title={words.title} isAnswer={isAgain} below={<Remembered />}>
      {isPending ? (
        <Loading label={words.loading} isPart />
      ) : (
        <ForgotPasswordForm
          email={email}
          onEmail={setEmail}
          next={next === paths.home ? null : next}
          onAsked={(asked) => {
            setEmail(asked);
            setAsked(true);
          }}
        />
      )}
    </CardLayout>
  );
}

function NoMail() {
  return (
    <CardLayout key="no-mail" title={words.title} below={<Remembered />}>
      <p>{words.noMail}</p>
    </CardLayout>
  );
}

/** The same answer whether the account exists or not (R59). */
function LinkIsOnItsWay({ email, onAgain }: { email: string; onAgain: () => void }) {
  return (
    <CardLayout key="asked" title={words.sentTitle} isAnswer below={<Remembered />}>
      <p>
        <Rich text={words.sent} parts={{ email: <strong>{email}</strong> }} />
      </p>
      <InTheTray />
      <p>{words.notThere}</p>
      <Button fullWidth onClick={onAgain}>
        {words.resend}
      </Button>
    </CardLayout>
  );
}

function Remembered() {
  return <OtherPage question={words.remembered} text={words.logIn} page={paths.logIn} />;
}
