import { isDeadLink } from "../../identity/password/recovery-api.ts";
import { useConfirmTestMail } from "../../operator/shop/api.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button, LinkButton } from "../../platform/ui/button.tsx";
import { testEmailWords as words } from "../../words/test-email.ts";
import { paths } from "../paths.ts";
import { useForgetMailedToken, useMailedToken } from "../use-mailed-token.ts";
import { CardLayout } from "./card-layout.tsx";
import { DeadLink } from "./dead-link.tsx";

export function TestEmailPage() {
  const token = useMailedToken();
  return <ConfirmTestEmail key={token} token={token} />;
}

/** The token is used by a button, because mail scanners open every link (R61). */
function ConfirmTestEmail({ token }: { token: string | null }) {
  const confirm = useConfirmTestMail();
  const forgetToken = useForgetMailedToken();
  if (confirm.isSuccess) return <Confirmed />;
  if (token === null || isDeadLink(confirm.error)) return <Dead />;
  return (
    <CardLayout key="confirm" title={words.confirm.title}>
      <p>{words.confirm.text}</p>
      <Button
        look="primary"
        fullWidth
        isBusy={confirm.isPending}
        onClick={() => confirm.mutate(token, { onSuccess: forgetToken })}
      >
        {words.confirm.confirm}
      </Button>
      <ActionProblem error={confirm.error} text={words.confirm.failed} />
    </CardLayout>
  );
}

function Confirmed() {
  return (
    <CardLayout key="done" isAnswer title={words.confirmed.title}>
      <p>{words.confirmed.text}</p>
      <LinkButton to={paths.dashboard} look="primary">
        {words.confirmed.next}
      </LinkButton>
    </CardLayout>
  );
}

function Dead() {
  return (
    <DeadLink>
      <p>{words.dead.text}</p>
      <LinkButton to={paths.shop} look="primary">
        {words.dead.shopSettings}
      </LinkButton>
    </DeadLink>
  );
}
