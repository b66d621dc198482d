import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type EmailChange, endpoints } from "@yumroad/contract";
import { call } from "../../../lib/call.ts";
import { accountKey } from "../api.ts";

export function useResendVerification() {
  return useMutation({ mutationFn: () => call(endpoints.resendVerification) });
}

export function useChangeEmail() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: EmailChange) => call(endpoints.changeEmail, { body: change }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountKey }),
  });
}

export function useCancelEmailChange() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(endpoints.cancelEmailChange),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountKey }),
  });
}
