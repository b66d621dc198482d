import { useNavigate } from "react-router-dom";
import { isDeadLink, useReportUnknownLogin } from "../../identity/password/recovery-api.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button, LinkButton } from "../../platform/ui/button.tsx";
import { mailedLinkWords } from "../../words/mailed-links.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { mailedTokenState, useMailedToken } from "../use-mailed-token.ts";
import { CardLayout } from "./card-layout.tsx";
import { DeadLink } from "./dead-link.tsx";

const words = mailedLinkWords.notMe;

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
        <p>{words.dead}</p>
        <LinkButton to={paths.forgotPassword} look="primary">
          {mailedLinkWords.newPassword}
        </LinkButton>
      </DeadLink>
    );
  }

  function goOn(resetToken: string) {
    // A session in this browser has ended as well.
    void keeper.recheck();
    notices.show({ kind: "success", text: words.done });
    void navigate(paths.resetPassword, { replace: true, state: mailedTokenState(resetToken) });
  }

  return (
    <CardLayout key="deny" title={words.title}>
      <p>{words.ifYou}</p>
      <p>{words.ifNot}</p>
      <Button
        look="primary"
        fullWidth
        isBusy={reportUnknownLogin.isPending}
        onClick={() => reportUnknownLogin.mutate(token, { onSuccess: ({ resetToken }) => goOn(resetToken) })}
      >
        {words.confirm}
      </Button>
      <ActionProblem error={reportUnknownLogin.error} text={words.failed} />
    </CardLayout>
  );
}
