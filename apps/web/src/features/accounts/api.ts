import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  type CodeInput,
  endpoints,
  type LoginInput,
  type PendingSession,
  type ProfileChange,
  type SessionState,
  type SignupInput,
} from "@yumroad/contract";
import { call } from "../../lib/call.ts";

/**
 * The logged-in user. Fetched once; from then on only the session keeper writes it, so that all effects of a change
 * have happened before anything renders. There is no automatic retry: the user triggers it (R30).
 */
export const sessionQuery = queryOptions<SessionState>({
  queryKey: ["session"],
  queryFn: ({ signal }) => call(endpoints.sessions.current, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  retry: false,
  refetchOnReconnect: false,
  refetchOnWindowFocus: false,
});

export function useSession() {
  return useQuery(sessionQuery);
}

/** The session whose second factor is pending, or null. */
export function pendingSessionOf(session: SessionState | undefined): PendingSession | null {
  return session?.user === null && session.expiresAt !== null ? session : null;
}

export function useLogIn() {
  return useMutation({ mutationFn: (input: LoginInput) => call(endpoints.auth.login, { body: input }) });
}

export function useSecondFactor() {
  return useMutation({ mutationFn: (input: CodeInput) => call(endpoints.twoFactor.completeLogin, { body: input }) });
}

export function useSignUp() {
  return useMutation({ mutationFn: (input: SignupInput) => call(endpoints.auth.signup, { body: input }) });
}

/** The common prefix of all account queries: a change in one invalidates all. */
export const accountKey = ["account"] as const;

/** The user's account. */
export const accountQuery = queryOptions({
  queryKey: [...accountKey, "self"],
  queryFn: ({ signal }) => call(endpoints.account.get, { signal }),
});

export function useChangeProfile() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: ProfileChange) => call(endpoints.account.change, { body: change }),
    onSuccess(account) {
      queryClient.setQueryData(accountQuery.queryKey, account);
      return queryClient.invalidateQueries({ queryKey: accountKey });
    },
  });
}
