import { isDeadLink, useUndoEmailChange } from "../../identity/password/recovery-api.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button, LinkButton } from "../../platform/ui/button.tsx";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { useForgetMailedToken, useMailedToken } from "../use-mailed-token.ts";
import { DeadLink } from "./dead-link.tsx";
import { SheetPage } from "./sheet-page.tsx";

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
        <p>If somebody else may be in your account, choose a new password.</p>
        <LinkButton to={paths.forgotPassword} look="primary">
          Choose a new password
        </LinkButton>
      </DeadLink>
    );
  }
  return (
    <SheetPage key="undo" title="Take the change back">
      <p>The address of your account was changed. If that was you, there is nothing to do here.</p>
      <p>If it was not: your account gets this address again, and whoever is logged in to it is logged out.</p>
      <Button
        look="primary"
        fullWidth
        isBusy={undo.isPending}
        onClick={() => undo.mutate(token, { onSuccess: onUndone })}
      >
        Take it back
      </Button>
      <ActionProblem error={undo.error} text="It could not be taken back" />
    </SheetPage>
  );
}

function Undone({ email }: { email: string }) {
  return (
    <SheetPage key="done" isAnswer title="The change is taken back">
      <p>
        You log in with <strong>{email}</strong> again. Every session of your account is over.
      </p>
      <p>
        Whoever changed it was in your account, and may know your password. Choose a new one now: a link for it is on
        its way to you.
      </p>
      <LinkButton to={paths.logIn} look="primary">
        Log in
      </LinkButton>
      <LinkButton to={paths.forgotPassword}>Ask for another link</LinkButton>
    </SheetPage>
  );
}
