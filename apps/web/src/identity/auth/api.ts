import { useMutation } from "@tanstack/react-query";
import { type CodeInput, endpoints, type LoginInput, type SignupInput } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";

export function useLogIn() {
  return useMutation({
    mutationFn: (input: LoginInput, { client }) => call(client, endpoints.auth.login, { body: input }),
  });
}

export function useSecondFactor() {
  return useMutation({
    mutationFn: (input: CodeInput, { client }) => call(client, endpoints.twoFactor.completeLogin, { body: input }),
  });
}

export function useSignUp() {
  return useMutation({
    mutationFn: (input: SignupInput, { client }) => call(client, endpoints.auth.signup, { body: input }),
  });
}
