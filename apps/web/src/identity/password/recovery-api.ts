import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type EmailVerification, endpoints, type PasswordReset, type PasswordResetRequest } from "@yumroad/contract";
import { ApiError, call } from "../../platform/lib/call.ts";
import { accountKey } from "../users/api.ts";

/** True if the link was used, has expired, or never existed. */
export function isDeadLink(error: unknown): boolean {
  return error instanceof ApiError && error.code === "link_invalid";
}

export function useRequestPasswordReset() {
  return useMutation({
    mutationFn: (input: PasswordResetRequest) => call(endpoints.password.requestReset, { body: input }),
  });
}

export function useResetPassword() {
  return useMutation({ mutationFn: (input: PasswordReset) => call(endpoints.password.reset, { body: input }) });
}

export function useVerifyEmail() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: EmailVerification) => call(endpoints.email.verify, { body: input }),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: accountKey }),
  });
}

/** True if the link's account is not the logged-in one. */
export function asksPassword(error: unknown): boolean {
  return error instanceof ApiError && error.code === "password_required";
}

export function useDisownAccount() {
  return useMutation({ mutationFn: (token: string) => call(endpoints.account.disown, { body: { token } }) });
}

export function useUndoEmailChange() {
  return useMutation({ mutationFn: (token: string) => call(endpoints.email.undoChange, { body: { token } }) });
}

export function useUnlockBrowser() {
  return useMutation({ mutationFn: (token: string) => call(endpoints.auth.unlock, { body: { token } }) });
}

export function useReportUnknownLogin() {
  return useMutation({ mutationFn: (token: string) => call(endpoints.auth.reportUnknownLogin, { body: { token } }) });
}
