import { useMutation, useQueryClient } from "@tanstack/react-query";
import { endpoints, type LiveSession, type Reauthentication } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";
import { askForPasskey } from "../../platform/lib/passkeys.ts";

export function useReauthenticate() {
  return useMutation({
    mutationFn: (proof: Reauthentication, { client }) => call(client, endpoints.auth.reauthenticate, { body: proof }),
  });
}

export function useReauthenticateWithPasskey() {
  const queryClient = useQueryClient();
  return useMutation({
    async mutationFn(): Promise<LiveSession> {
      const passkey = await askForPasskey(await call(queryClient, endpoints.passkeys.loginOptions));
      return call(queryClient, endpoints.passkeys.reauthenticate, { body: { passkey } });
    },
  });
}
