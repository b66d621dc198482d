import { queryOptions, useQuery } from "@tanstack/react-query";
import { endpoints, type PendingSession, type SessionState } from "@yumroad/contract";
import { call } from "../platform/lib/call.ts";

/**
 * The logged-in user. Fetched once; from then on only the session keeper writes it, so that all effects of a change
 * have happened before anything renders. There is no automatic retry: the user triggers it (R30).
 */
export const sessionQuery = queryOptions<SessionState>({
  queryKey: ["session"],
  queryFn: ({ client, signal }) => call(client, endpoints.sessions.current, { signal }),
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
