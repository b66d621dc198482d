import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation, useNavigate } from "react-router-dom";
import { ResetPasswordForm } from "../../identity/password/reset-password-form.tsx";
import { LinkButton } from "../../platform/ui/button.tsx";
import { sessionQuery } from "../../session/session-query.ts";
import { passwordWords } from "../../words/password.ts";
import { useApp } from "../app-context.ts";
import { accountPath, nextOf, paths, type WayBackState } from "../paths.ts";
import { useMailedToken } from "../use-mailed-token.ts";
import { CardLayout } from "./card-layout.tsx";
import { DeadLink } from "./dead-link.tsx";

const words = passwordWords.reset;

export function ResetPasswordPage() {
  const token = useMailedToken();
  return <ResetPassword key={token} token={token} />;
}

function ResetPassword({ token }: { token: string | null }) {
  const [isDead, setDead] = useState(token === null);
  const { search } = useLocation();
  const leave = useLeave(nextOf(search));
  if (token === null || isDead) {
    return (
      <DeadLink>
        <LinkButton to={accountPath(paths.forgotPassword, nextOf(search))} look="primary">
          {words.newLink}
        </LinkButton>
      </DeadLink>
    );
  }
  return (
    <CardLayout key="choose" title={words.title}>
      <p>{words.lead}</p>
      <ResetPasswordForm token={token} onReset={(next) => void leave(next)} onDeadLink={() => setDead(true)} />
    </CardLayout>
  );
}

/**
 * Continues to the login page after the change, unless another user is logged in here. If the server knows no way back,
 * the one of the address is used: links of former versions contain it.
 */
function useLeave(nextOfAddress: string): (next: string | null) => Promise<void> {
  const { keeper, notices } = useApp();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return async (next) => {
    // The login page has to know whether the session here was among those that ended.
    await keeper.recheck();
    if (queryClient.getQueryData(sessionQuery.queryKey)?.user) {
      notices.show({ kind: "success", text: words.done });
      await navigate(paths.home, { replace: true });
      return;
    }
    const state: WayBackState = { reason: "password-changed", stashedFor: null };
    await navigate(accountPath(paths.logIn, next ?? nextOfAddress), { replace: true, state });
  };
}
