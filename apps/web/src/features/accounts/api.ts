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
 * Who is logged in. Fetched once; from then on only the session keeper writes it, so that whatever has to happen when
 * it changes has happened before anything renders. Not retried: "try again" is the person's to say (R30).
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

/** Every key about one's own account begins with this: whatever changes something there spoils all of it at once. */
export const accountKey = ["account"] as const;

/** One's own account. */
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
