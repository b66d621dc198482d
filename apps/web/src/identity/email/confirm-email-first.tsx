import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { emailWords as words } from "../../words/email.ts";
import { useResendVerification } from "./api.ts";

/** Replaces a form that requires a verified address. */
export function ConfirmEmailFirst({ email }: { email: string }) {
  const { resend, isPending, isDone, role, error } = useResendVerification();
  return (
    <>
      <p role={role}>{isDone ? words.confirmFirstResent(words.resent(email)) : words.confirmFirst(email)}</p>
      <div>
        <Button isBusy={isPending} onClick={resend}>
          {words.resend}
        </Button>
      </div>
      <ActionProblem error={error} text={words.resendFailed} />
    </>
  );
}
