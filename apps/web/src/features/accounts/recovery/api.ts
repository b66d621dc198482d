import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type EmailVerification, endpoints, type PasswordReset, type PasswordResetRequest } from "@yumroad/contract";
import { ApiError, call } from "../../../lib/call.ts";
import { accountKey } from "../api.ts";

/** The link was used already, is too old, or was never a good one. */
export function isDeadLink(error: unknown): boolean {
  return error instanceof ApiError && error.code === "link_invalid";
}

export function useForgotPassword() {
  return useMutation({ mutationFn: (input: PasswordResetRequest) => call(endpoints.forgotPassword, { body: input }) });
}

export function useResetPassword() {
  return useMutation({ mutationFn: (input: PasswordReset) => call(endpoints.resetPassword, { body: input }) });
}

export function useVerifyEmail() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: EmailVerification) => call(endpoints.verifyEmail, { body: input }),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: accountKey }),
  });
}

/** Nobody is logged in here to the account that the link is about. */
export function asksPassword(error: unknown): boolean {
  return error instanceof ApiError && error.code === "password_required";
}

export function useDisownAccount() {
  return useMutation({ mutationFn: (token: string) => call(endpoints.disownAccount, { body: { token } }) });
}

export function useUndoEmailChange() {
  return useMutation({ mutationFn: (token: string) => call(endpoints.undoEmailChange, { body: { token } }) });
}

export function useUnlockBrowser() {
  return useMutation({ mutationFn: (token: string) => call(endpoints.unlockBrowser, { body: { token } }) });
}

export function useDenyLogin() {
  return useMutation({ mutationFn: (token: string) => call(endpoints.reportUnknownLogin, { body: { token } }) });
}
