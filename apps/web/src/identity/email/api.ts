import { useMutation, useMutationState, useQueryClient } from "@tanstack/react-query";
import { type EmailChange, endpoints } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";
import { accountKey } from "../users/api.ts";

const resendKey = ["resend-verification"];

/** Several parts of a page offer it and share its success. A failure belongs to the part that asked. */
export function useResendVerification() {
  const queryClient = useQueryClient();
  const { mutate, error, isIdle } = useMutation({
    mutationKey: resendKey,
    mutationFn: () => call(queryClient, endpoints.email.resendVerification),
  });
  const statuses = useMutationState({
    filters: { mutationKey: resendKey },
    select: ({ state }) => state.status,
  });
  return {
    resend: () => mutate(),
    isPending: statuses.includes("pending"),
    isDone: statuses.includes("success"),
    /** Only the part that asked announces the result. */
    role: isIdle && statuses.length > 0 ? undefined : "status",
    error,
  };
}

export function useChangeEmail() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: EmailChange, { client }) => call(client, endpoints.email.change, { body: change }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountKey }),
  });
}

export function useCancelEmailChange() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(queryClient, endpoints.email.cancelChange),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountKey }),
  });
}
