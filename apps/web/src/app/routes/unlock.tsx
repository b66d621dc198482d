import { isDeadLink, useUnlockBrowser } from "../../identity/password/recovery-api.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button, LinkButton } from "../../platform/ui/button.tsx";
import { paths } from "../paths.ts";
import { useForgetMailedToken, useMailedToken } from "../use-mailed-token.ts";
import { DeadLink } from "./dead-link.tsx";
import { SheetPage } from "./sheet-page.tsx";

export function UnlockPage() {
  const token = useMailedToken();
  return <Unlock key={token} token={token} />;
}

/** The token is used by a button in this browser, because mail scanners open every link (R61). */
function Unlock({ token }: { token: string | null }) {
  const unlockBrowser = useUnlockBrowser();
  const forgetToken = useForgetMailedToken();
  if (unlockBrowser.isSuccess) return <Unlocked />;
  if (token === null || isDeadLink(unlockBrowser.error)) return <Dead />;
  return (
    <SheetPage key="unlock" title="Log in on this device">
      <p>Too many passwords or codes were entered for your account, so new devices have to wait.</p>
      <p>You still need your password, and your code if two-factor authentication is on.</p>
      <Button
        look="primary"
        fullWidth
        isBusy={unlockBrowser.isPending}
        onClick={() => unlockBrowser.mutate(token, { onSuccess: forgetToken })}
      >
        Allow 5 more tries
      </Button>
      <ActionProblem error={unlockBrowser.error} text="Couldn’t allow more tries" />
    </SheetPage>
  );
}

function Unlocked() {
  return (
    <SheetPage key="done" isAnswer title="5 more tries allowed">
      <p>They work on this device for one hour.</p>
      <LinkButton to={paths.logIn} look="primary">
        Log in
      </LinkButton>
    </SheetPage>
  );
}

function Dead() {
  return (
    <DeadLink>
      <p>Still locked out? Choose a new password: then new devices can log in again.</p>
      <LinkButton to={paths.forgotPassword} look="primary">
        Choose a new password
      </LinkButton>
    </DeadLink>
  );
}
