import { useMutation } from "@tanstack/react-query";
import { endpoints, type LiveSession, type PasskeyAssertion } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";
import { askForPasskey } from "../../platform/lib/passkeys.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { logInWords } from "../../words/log-in.ts";
import { usePasskeyOffer } from "./use-passkey-offer.ts";

const words = logInWords.passkey;

interface LogInWithPasskeyProps {
  remember: boolean;
  onLoggedIn: (session: LiveSession) => void;
}

/** Login without a password: by the button, or by the browser's autofill. */
export function LogInWithPasskey({ remember, onLoggedIn }: LogInWithPasskeyProps) {
  const logIn = useMutation({
    async mutationFn(chosen: PasskeyAssertion | null, { client }) {
      const passkey = chosen ?? (await askForPasskey(await call(client, endpoints.passkeys.loginOptions)));
      return call(client, endpoints.passkeys.login, { body: { passkey, remember } });
    },
    onSuccess: onLoggedIn,
  });
  usePasskeyOffer({
    isPaused: logIn.isPending || logIn.isSuccess,
    attempt: logIn.submittedAt,
    onChosen: logIn.mutate,
  });
  return (
    <>
      <Button size="md" fullWidth isBusy={logIn.isPending} onClick={() => logIn.mutate(null)}>
        {words.logIn}
      </Button>
      <ActionProblem error={logIn.error} text={words.failed} />
    </>
  );
}
