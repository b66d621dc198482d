import { type MutationFunctionContext, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { endpoints, type Passkey } from "@yumroad/contract";
import { ApiError, call } from "../../platform/lib/call.ts";
import { makePasskey } from "../../platform/lib/passkeys.ts";
import { accountKey } from "../users/api.ts";

/** The user's passkeys, oldest first. */
export const passkeysQuery = queryOptions({
  queryKey: [...accountKey, "passkeys"],
  queryFn: ({ client, signal }) => call(client, endpoints.passkeys.list, { signal }),
});

async function addPasskey(name: string, { client }: MutationFunctionContext): Promise<Passkey> {
  const passkey = await makePasskey(await call(client, endpoints.passkeys.creationOptions));
  return call(client, endpoints.passkeys.add, { body: { passkey, name } });
}

export function useAddPasskey() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: addPasskey,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountKey }),
  });
}

async function removePasskey(handle: string, { client }: MutationFunctionContext): Promise<void> {
  try {
    await call(client, endpoints.passkeys.remove, { params: { handle } });
  } catch (error) {
    // It is gone already, which is the wanted result.
    if (!(error instanceof ApiError && error.code === "not_found")) throw error;
  }
}

export function useRemovePasskey() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: removePasskey,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountKey }),
  });
}
