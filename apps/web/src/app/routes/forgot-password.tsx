import { useState } from "react";
import { useLocation } from "react-router-dom";
import { ForgotPasswordForm } from "../../identity/password/forgot-password-form.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { Loading } from "../../platform/ui/states.tsx";
import { useSite } from "../../shop/api.ts";
import { nextOf, paths } from "../paths.ts";
import { OtherPage } from "./account-page.tsx";
import { InTheTray } from "./in-the-tray.tsx";
import { SheetPage } from "./sheet-page.tsx";

const below = <OtherPage question="Remembered it?" text="Log in" page={paths.logIn} />;

export function ForgotPasswordPage() {
  const site = useSite();
  if (site.data?.canSendMail === false) return <NoMail />;
  return <ForgotPassword isPending={site.isPending} />;
}

function ForgotPassword({ isPending }: { isPending: boolean }) {
  const { search } = useLocation();
  const next = nextOf(search);
  const [email, setEmail] = useState("");
  const [isAsked, setAsked] = useState(false);
  if (isAsked) return <LinkIsOnItsWay email={email} onAgain={() => setAsked(false)} />;
  return (
    <SheetPage key="ask" title="Forgot your password?" isAnswer={email !== ""} below={below}>
      {isPending ? (
        <Loading label="Loading" isPart />
      ) : (
        <ForgotPasswordForm
          email={email}
          next={next === paths.home ? null : next}
          onAsked={(asked) => {
            setEmail(asked);
            setAsked(true);
          }}
        />
      )}
    </SheetPage>
  );
}

function NoMail() {
  return (
    <SheetPage key="no-mail" title="Forgot your password?" below={below}>
      <p>This shop can’t send mail. Ask whoever runs it: they can give you a link to choose a new password.</p>
    </SheetPage>
  );
}

/** The same answer whether the account exists or not (R59). */
function LinkIsOnItsWay({ email, onAgain }: { email: string; onAgain: () => void }) {
  return (
    <SheetPage key="asked" title="Look into your inbox" isAnswer below={below}>
      <p>
        If <strong>{email}</strong> has an account here, a mail with a link to choose a new password is on its way. The
        link is good once, for an hour.
      </p>
      <InTheTray />
      <p>Nothing there after a few minutes? Look into the spam folder, or ask again.</p>
      <Button fullWidth onClick={onAgain}>
        Ask again
      </Button>
    </SheetPage>
  );
}
