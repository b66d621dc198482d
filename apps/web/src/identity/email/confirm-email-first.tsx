import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { resentWords, useResendVerification } from "./api.ts";

/** Replaces a form that requires a verified address. */
export function ConfirmEmailFirst({ email }: { email: string }) {
  const { resend, isPending, isDone, role, error } = useResendVerification();
  return (
    <>
      <p role={role}>
        {isDone
          ? `Confirm your email first. ${resentWords(email)}`
          : `Confirm your email first, with the link in the mail to ${email}.`}
      </p>
      <div>
        <Button isBusy={isPending} onClick={resend}>
          Send the mail again
        </Button>
      </div>
      <ActionProblem error={error} text="The mail could not be sent" />
    </>
  );
}
