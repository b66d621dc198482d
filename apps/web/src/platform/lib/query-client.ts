import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError, NetworkError } from "./call.ts";

/** The single policy for a 401: any query or mutation that gets one calls the same function (R34). */
export function createQueryClient(onUnauthenticated: () => void): QueryClient {
  // `invalid_credentials` is a 401 too, but about a form's input instead of the session.
  function lookForEndOfSession(error: unknown) {
    if (error instanceof ApiError && error.code === "unauthenticated") onUnauthenticated();
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError: lookForEndOfSession }),
    mutationCache: new MutationCache({ onError: lookForEndOfSession }),
    defaultOptions: {
      // `networkMode: "always"` does not refetch after a reconnect unless told to.
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

// One retry for a failure that may be temporary. A refusal is final.
function shouldRetry(failureCount: number, error: unknown): boolean {
  const isTransient = error instanceof NetworkError || (error instanceof ApiError && error.status >= 500);
  return isTransient && failureCount < 1;
}
