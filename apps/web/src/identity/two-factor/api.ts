import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { type CodeInput, endpoints } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";
import { accountKey } from "../users/api.ts";

/** The login methods of the user's account besides the password. */
export const factorsQuery = queryOptions({
  queryKey: [...accountKey, "factors"],
  queryFn: ({ client, signal }) => call(client, endpoints.twoFactor.get, { signal }),
});

// These answers are secret, so they are dropped from the cache as soon as no component shows them.
const SECRET = { gcTime: 0 } as const;

/** If it is refused because another tab has set it up already, the page has to be refreshed. */
export function useBeginTotp() {
  const queryClient = useQueryClient();
  return useMutation({
    ...SECRET,
    mutationFn: () => call(queryClient, endpoints.twoFactor.beginTotp),
    onError: () => queryClient.invalidateQueries({ queryKey: factorsQuery.queryKey }),
  });
}

export function useConfirmTotp() {
  const queryClient = useQueryClient();
  return useMutation({
    ...SECRET,
    mutationFn: (input: CodeInput, { client }) => call(client, endpoints.twoFactor.confirmTotp, { body: input }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountKey }),
  });
}

export function useRemoveTotp() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(queryClient, endpoints.twoFactor.removeTotp),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountKey }),
  });
}

export function useRenewRecoveryCodes() {
  const queryClient = useQueryClient();
  return useMutation({
    ...SECRET,
    mutationFn: () => call(queryClient, endpoints.twoFactor.renewRecoveryCodes),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountKey }),
  });
}
