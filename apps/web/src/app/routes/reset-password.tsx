import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation, useNavigate } from "react-router-dom";
import { isDeadLink, resetLinkQuery } from "../../identity/password/recovery-api.ts";
import { ResetPasswordForm } from "../../identity/password/reset-password-form.tsx";
import { LinkButton } from "../../platform/ui/button.tsx";
import { Loading } from "../../platform/ui/states.tsx";
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
  if (token === null) return <Dead />;
  return <WithToken token={token} />;
}

function WithToken({ token }: { token: string }) {
  const { carriedEmail } = useApp();
  const [isDead, setDead] = useState(false);
  const { search } = useLocation();
  const leave = useLeave(nextOf(search));
  const [email, setEmail] = useState<string | null>(null);
  // Looked at once: the form stays, whatever becomes of the link.
  const look = useQuery({ ...resetLinkQuery(token), enabled: email === null });
  const isRefused = isDead || (email === null && isDeadLink(look.error));
  // A link that can't be looked at is tried by the form, without its account.
  if (email === null && !look.isPending && !isRefused) setEmail(look.data?.email ?? "");
  if (isRefused) return <Dead />;
  return (
    <CardLayout key="choose" title={words.title}>
      {email === null ? (
        <Loading label={words.loading} isPart />
      ) : (
        <>
          <p>{words.lead}</p>
          <ResetPasswordForm
            token={token}
            email={email}
            onReset={(next) => void leave(next, email)}
            onDeadLink={() => {
              carriedEmail.set(email);
              setDead(true);
            }}
          />
        </>
      )}
    </CardLayout>
  );
}

function Dead() {
  const { search } = useLocation();
  return (
    <DeadLink>
      <LinkButton to={accountPath(paths.forgotPassword, nextOf(search))} look="primary">
        {words.newLink}
      </LinkButton>
    </DeadLink>
  );
}

/**
 * Continues to the login page after the change, unless another user is logged in here. If the server knows no way back,
 * the one of the address is used: links of former versions contain it.
 */
function useLeave(nextOfAddress: string): (next: string | null, email: string) => Promise<void> {
  const { keeper, notices, carriedEmail } = useApp();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return async (next, email) => {
    // The login page has to know whether the session here was among those that ended.
    await keeper.recheck();
    if (queryClient.getQueryData(sessionQuery.queryKey)?.user) {
      notices.show({ kind: "success", text: words.done });
      await navigate(paths.home, { replace: true });
      return;
    }
    const state: WayBackState = { reason: "password-changed", stashedFor: null };
    carriedEmail.set(email);
    await navigate(accountPath(paths.logIn, next ?? nextOfAddress), { replace: true, state });
  };
}
