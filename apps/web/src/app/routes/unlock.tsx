import { isDeadLink, useUnlockBrowser } from "../../identity/password/recovery-api.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button, LinkButton } from "../../platform/ui/button.tsx";
import { mailedLinkWords } from "../../words/mailed-links.ts";
import { paths } from "../paths.ts";
import { useForgetMailedToken, useMailedToken } from "../use-mailed-token.ts";
import { CardLayout } from "./card-layout.tsx";
import { DeadLink } from "./dead-link.tsx";

const words = mailedLinkWords.unlock;

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
    <CardLayout key="unlock" title={words.title}>
      <p>{words.why}</p>
      <p>{words.still}</p>
      <Button
        look="primary"
        fullWidth
        isBusy={unlockBrowser.isPending}
        onClick={() => unlockBrowser.mutate(token, { onSuccess: forgetToken })}
      >
        {words.allow}
      </Button>
      <ActionProblem error={unlockBrowser.error} text={words.failed} />
    </CardLayout>
  );
}

function Unlocked() {
  return (
    <CardLayout key="done" isAnswer title={words.doneTitle}>
      <p>{words.done}</p>
      <LinkButton to={paths.logIn} look="primary">
        {mailedLinkWords.logIn}
      </LinkButton>
    </CardLayout>
  );
}

function Dead() {
  return (
    <DeadLink>
      <p>{words.dead}</p>
      <LinkButton to={paths.forgotPassword} look="primary">
        {mailedLinkWords.newPassword}
      </LinkButton>
    </DeadLink>
  );
}
