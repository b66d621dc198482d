import { useNavigate } from "react-router-dom";
import { isDeadLink, useReportUnknownLogin } from "../../identity/password/recovery-api.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button, LinkButton } from "../../platform/ui/button.tsx";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { mailedTokenState, useMailedToken } from "../use-mailed-token.ts";
import { DeadLink } from "./dead-link.tsx";
import { SheetPage } from "./sheet-page.tsx";

export function NotMePage() {
  const token = useMailedToken();
  return <NotMe key={token} token={token} />;
}

function NotMe({ token }: { token: string | null }) {
  const { keeper, notices } = useApp();
  const navigate = useNavigate();
  const reportUnknownLogin = useReportUnknownLogin();
  if (token === null || isDeadLink(reportUnknownLogin.error)) {
    return (
      <DeadLink>
        <p>If somebody else may be in your account, choose a new password: that ends every session.</p>
        <LinkButton to={paths.forgotPassword} look="primary">
          Choose a new password
        </LinkButton>
      </DeadLink>
    );
  }

  function goOn(resetToken: string) {
    // A session in this browser has ended as well.
    void keeper.recheck();
    notices.show({ kind: "success", text: "Your account was logged out everywhere" });
    void navigate(paths.resetPassword, { replace: true, state: mailedTokenState(resetToken) });
  }

  return (
    <SheetPage key="deny" title="That wasn’t you?">
      <p>Somebody has logged in to your account. If it was you after all, there is nothing to do here.</p>
      <p>
        If it was not, they know your password. Log your account out everywhere, and choose a new password in the next
        step, right away.
      </p>
      <Button
        look="primary"
        fullWidth
        isBusy={reportUnknownLogin.isPending}
        onClick={() => reportUnknownLogin.mutate(token, { onSuccess: ({ resetToken }) => goOn(resetToken) })}
      >
        It wasn’t me
      </Button>
      <ActionProblem error={reportUnknownLogin.error} text="Your account could not be logged out" />
    </SheetPage>
  );
}
