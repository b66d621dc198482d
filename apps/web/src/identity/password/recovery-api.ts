import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { type EmailVerification, endpoints, type PasswordReset, type PasswordResetRequest } from "@yumroad/contract";
import { ApiError, call } from "../../platform/lib/call.ts";
import { accountKey } from "../users/api.ts";

/** True if the link was used, has expired, or never existed. */
export function isDeadLink(error: unknown): boolean {
  return error instanceof ApiError && error.code === "link_invalid";
}

export function useRequestPasswordReset() {
  return useMutation({
    mutationFn: (input: PasswordResetRequest, { client }) =>
      call(client, endpoints.password.requestReset, { body: input }),
  });
}

/** The account of a reset's link. It is asked for once, and uses nothing up (R61). */
export function resetLinkQuery(token: string) {
  return queryOptions({
    queryKey: ["reset-link", token],
    queryFn: ({ client, signal }) => call(client, endpoints.password.checkResetLink, { body: { token }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

export function useResetPassword() {
  return useMutation({
    mutationFn: (input: PasswordReset, { client }) => call(client, endpoints.password.reset, { body: input }),
  });
}

export function useVerifyEmail() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: EmailVerification, { client }) => call(client, endpoints.email.verify, { body: input }),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: accountKey }),
  });
}

/** True if the link's account is not the logged-in one. */
export function asksPassword(error: unknown): boolean {
  return error instanceof ApiError && error.code === "password_required";
}

export function useDisownAccount() {
  return useMutation({
    mutationFn: (token: string, { client }) => call(client, endpoints.account.disown, { body: { token } }),
  });
}

export function useUndoEmailChange() {
  return useMutation({
    mutationFn: (token: string, { client }) => call(client, endpoints.email.undoChange, { body: { token } }),
  });
}

export function useUnlockBrowser() {
  return useMutation({
    mutationFn: (token: string, { client }) => call(client, endpoints.auth.unlock, { body: { token } }),
  });
}

export function useReportUnknownLogin() {
  return useMutation({
    mutationFn: (token: string, { client }) => call(client, endpoints.auth.reportUnknownLogin, { body: { token } }),
  });
}
