import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError, NetworkError } from "./call.ts";

/** The one policy for a 401: whatever query or mutation meets it, the same function hears of it (R34). */
export function createQueryClient(onUnauthenticated: () => void): QueryClient {
  // `invalid_credentials` is a 401 too, but it is about what was typed into a form, not about the session.
  function lookForEndOfSession(error: unknown) {
    if (error instanceof ApiError && error.code === "unauthenticated") onUnauthenticated();
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError: lookForEndOfSession }),
    mutationCache: new MutationCache({ onError: lookForEndOfSession }),
    defaultOptions: {
      // With `networkMode: "always"` nothing is asked again by itself when the connection is back, unless we say so.
      queries: {
        retry: shouldRetry,
        retryDelay: 400,
        staleTime: 30_000,
        networkMode: "always",
        refetchOnReconnect: true,
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

// Once more for what may pass by itself. A refusal stays one, however often it is asked for.
function shouldRetry(failureCount: number, error: unknown): boolean {
  const isTransient = error instanceof NetworkError || (error instanceof ApiError && error.status >= 500);
  return isTransient && failureCount < 1;
}
