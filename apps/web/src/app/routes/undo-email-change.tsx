import { isDeadLink, useUndoEmailChange } from "../../identity/password/recovery-api.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button, LinkButton } from "../../platform/ui/button.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { mailedLinkWords } from "../../words/mailed-links.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { useForgetMailedToken, useMailedToken } from "../use-mailed-token.ts";
import { CardLayout } from "./card-layout.tsx";
import { DeadLink } from "./dead-link.tsx";

const words = mailedLinkWords.undo;

export function UndoEmailChangePage() {
  const token = useMailedToken();
  return <UndoEmailChange key={token} token={token} />;
}

function UndoEmailChange({ token }: { token: string | null }) {
  const { keeper } = useApp();
  const undo = useUndoEmailChange();
  const forgetToken = useForgetMailedToken();
  function onUndone() {
    forgetToken();
    // A session in this browser has ended as well.
    void keeper.recheck();
  }
  if (undo.isSuccess) return <Undone email={undo.data.email} />;
  if (token === null || isDeadLink(undo.error)) {
    return (
      <DeadLink>
        <p>{words.dead}</p>
        <LinkButton to={paths.forgotPassword} look="primary">
          {mailedLinkWords.newPassword}
        </LinkButton>
      </DeadLink>
    );
  }
  return (
    <CardLayout key="undo" title={words.title}>
      <p>{words.ifYou}</p>
      <p>{words.ifNot}</p>
      <Button
        look="primary"
        fullWidth
        isBusy={undo.isPending}
        onClick={() => undo.mutate(token, { onSuccess: onUndone })}
      >
        {words.confirm}
      </Button>
      <ActionProblem error={undo.error} text={words.failed} />
    </CardLayout>
  );
}

function Undone({ email }: { email: string }) {
  return (
    <CardLayout key="done" isAnswer title={words.doneTitle}>
      <p>
        <Rich text={words.done} parts={{ email: <strong>{email}</strong> }} />
      </p>
      <p>{words.next}</p>
      <LinkButton to={paths.logIn} look="primary">
        {mailedLinkWords.logIn}
      </LinkButton>
      <LinkButton to={paths.forgotPassword}>{mailedLinkWords.newLink}</LinkButton>
    </CardLayout>
  );
}
