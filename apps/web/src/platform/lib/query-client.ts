import { MutationCache, QueryCache, type QueryClient } from "@tanstack/react-query";
import { ApiClient, ApiError, NetworkError } from "./call.ts";
import type { Exchange } from "./exchange.ts";

interface Dependencies {
  exchange: Exchange;
  /** The single policy for a 401: any query or mutation that gets one calls the same function (R34). */
  onUnauthenticated: () => void;
}

export function createQueryClient({ exchange, onUnauthenticated }: Dependencies): QueryClient {
  // `invalid_credentials` is a 401 too, but about a form's input instead of the session.
  function lookForEndOfSession(error: unknown) {
    if (error instanceof ApiError && error.code === "unauthenticated") onUnauthenticated();
  }
  return new ApiClient(exchange, {
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
