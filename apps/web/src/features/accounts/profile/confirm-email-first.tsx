import { ActionProblem } from "../../../components/action-problem.tsx";
import { Button } from "../../../components/button.tsx";
import { useResendVerification } from "./api.ts";

/** In place of what needs an address that is proven. */
export function ConfirmEmailFirst({ email }: { email: string }) {
  const resend = useResendVerification();
  return (
    <>
      <p role="status">
        {resend.isSuccess
          ? `A mail is on its way to ${email}.`
          : `Confirm your email first, with the link in the mail to ${email}.`}
      </p>
      <div>
        <Button isBusy={resend.isPending} onClick={() => resend.mutate()}>
          Send the mail again
        </Button>
      </div>
      <ActionProblem error={resend.error} text="The mail could not be sent" />
    </>
  );
}
