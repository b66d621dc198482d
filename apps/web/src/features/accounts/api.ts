import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { endpoints, type LoginInput, type SessionState, type SignupInput } from "@yumroad/contract";
import { call } from "../../lib/call.ts";

/**
 * Who is logged in. Fetched once; from then on only the session keeper writes it, so that whatever has to happen when
 * it changes has happened before anything renders. Not retried: "try again" is the person's to say (R30).
 */
export const sessionQuery = queryOptions<SessionState>({
  queryKey: ["session"],
  queryFn: ({ signal }) => call(endpoints.session, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  retry: false,
  refetchOnReconnect: false,
  refetchOnWindowFocus: false,
});

export function useSession() {
  return useQuery(sessionQuery);
}

export function useLogIn() {
  return useMutation({ mutationFn: (input: LoginInput) => call(endpoints.login, { body: input }) });
}

export function useSignUp() {
  return useMutation({ mutationFn: (input: SignupInput) => call(endpoints.signup, { body: input }) });
}
