import { useMutation } from "@tanstack/react-query";
import { endpoints, type LiveSession, type Reauthentication } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";
import { askForPasskey } from "../../platform/lib/passkeys.ts";

export function useReauthenticate() {
  return useMutation({ mutationFn: (proof: Reauthentication) => call(endpoints.auth.reauthenticate, { body: proof }) });
}

export function useReauthenticateWithPasskey() {
  return useMutation({
    async mutationFn(): Promise<LiveSession> {
      const passkey = await askForPasskey(await call(endpoints.passkeys.loginOptions));
      return call(endpoints.passkeys.reauthenticate, { body: { passkey } });
    },
  });
}
