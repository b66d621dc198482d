import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { type CodeInput, endpoints } from "@yumroad/contract";
import { call } from "../../../lib/call.ts";
import { accountKey } from "../api.ts";

/** How one's own account is protected beside the password. */
export const factorsQuery = queryOptions({
  queryKey: [...accountKey, "factors"],
  queryFn: ({ signal }) => call(endpoints.twoFactor.get, { signal }),
});

// What these answer is secret: it is forgotten as soon as nobody shows it any more.
const SECRET = { gcTime: 0 } as const;

/** Refused when it is set up already, in another tab: then the page has to see that. */
export function useBeginTotp() {
  const queryClient = useQueryClient();
  return useMutation({
    ...SECRET,
    mutationFn: () => call(endpoints.twoFactor.beginTotp),
    onError: () => queryClient.invalidateQueries({ queryKey: factorsQuery.queryKey }),
  });
}

export function useConfirmTotp() {
  const queryClient = useQueryClient();
  return useMutation({
    ...SECRET,
    mutationFn: (input: CodeInput) => call(endpoints.twoFactor.confirmTotp, { body: input }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountKey }),
  });
}

export function useRemoveTotp() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(endpoints.twoFactor.removeTotp),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountKey }),
  });
}

export function useRenewRecoveryCodes() {
  const queryClient = useQueryClient();
  return useMutation({
    ...SECRET,
    mutationFn: () => call(endpoints.twoFactor.renewRecoveryCodes),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountKey }),
  });
}
