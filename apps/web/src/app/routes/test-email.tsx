import { isDeadLink } from "../../identity/password/recovery-api.ts";
import { useConfirmTestMail } from "../../operator/shop/api.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button, LinkButton } from "../../platform/ui/button.tsx";
import { paths } from "../paths.ts";
import { useForgetMailedToken, useMailedToken } from "../use-mailed-token.ts";
import { DeadLink } from "./dead-link.tsx";
import { SheetPage } from "./sheet-page.tsx";

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
    <SheetPage key="confirm" title="Confirm that email works">
      <p>You got the test email of this shop. Confirm it, so that the shop can take money.</p>
      <Button
        look="primary"
        fullWidth
        isBusy={confirm.isPending}
        onClick={() => confirm.mutate(token, { onSuccess: forgetToken })}
      >
        I got the email
      </Button>
      <ActionProblem error={confirm.error} text="It could not be confirmed" />
    </SheetPage>
  );
}

function Confirmed() {
  return (
    <SheetPage key="done" isAnswer title="Email works">
      <p>Buyers get their receipts by email, so this shop can take money now.</p>
      <LinkButton to={paths.dashboard} look="primary">
        See what else you need
      </LinkButton>
    </SheetPage>
  );
}

function Dead() {
  return (
    <DeadLink>
      <p>Send another test email from the shop settings.</p>
      <LinkButton to={paths.shop} look="primary">
        Shop settings
      </LinkButton>
    </DeadLink>
  );
}
