import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError, NetworkError } from "./api-errors.ts";
import type { Exchange } from "./exchange.ts";

interface Dependencies {
  exchange: Exchange;
  /** The single policy for a 401: any query or mutation that gets one calls the same function (R34). */
  onUnauthenticated: () => void;
}

/** A query client that carries the way to the server, so that query and mutation functions need nothing else. */
class ApiQueryClient extends QueryClient {
  readonly exchange: Exchange;

  constructor({ exchange, onUnauthenticated }: Dependencies) {
    // `invalid_credentials` is a 401 too, but about a form's input instead of the session.
    function lookForEndOfSession(error: unknown) {
      if (error instanceof ApiError && error.code === "unauthenticated") onUnauthenticated();
    }
    super({
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
    this.exchange = exchange;
  }
}

export function createQueryClient(dependencies: Dependencies): QueryClient {
  return new ApiQueryClient(dependencies);
}

/** The way to the server of the app that a query client belongs to. */
export function exchangeOf(client: QueryClient): Exchange {
  if (client instanceof ApiQueryClient) return client.exchange;
  throw new Error("This query client knows no server: make it with createQueryClient()");
}

// One retry for a failure that may be temporary. A refusal is final.
function shouldRetry(failureCount: number, error: unknown): boolean {
  const isTransient = error instanceof NetworkError || (error instanceof ApiError && error.status >= 500);
  return isTransient && failureCount < 1;
}
