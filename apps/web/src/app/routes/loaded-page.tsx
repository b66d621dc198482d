import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useDeferredValue } from "react";
import { ApiError } from "../../platform/lib/call.ts";
import { ErrorState, Loading } from "../../platform/ui/states.tsx";
import { useFailure } from "../../platform/ui/use-failure.ts";
import { NotFoundPage } from "./not-found.tsx";

interface LoadedPageProps<Data> {
  result: UseQueryResult<Data>;
  /** Identifies the requested data: a failure of other data is not shown. */
  of: string;
  /** The label while the data loads: "Loading the product". */
  loading: string;
  /** The heading of a failure: "This product could not be loaded". */
  failed: string;
  /** The page for data that does not exist. */
  notFound?: ReactNode;
  children: (data: Data) => ReactNode;
}

/** Renders a page of a query's data, or the page of its loading, its failure or its absence. */
export function LoadedPage<Data>(props: LoadedPageProps<Data>) {
  const { result, of, loading, failed, notFound = <NotFoundPage />, children } = props;
  const failure = useFailure(result, of);
  // Deferred, so that React renders the page in slices instead of one long task.
  const isLoaded = useDeferredValue(result.data !== undefined);
  if (isLoaded && result.data !== undefined) return children(result.data);
  if (result.error instanceof ApiError && result.error.code === "not_found") return notFound;
  if (failure !== null) {
    return <ErrorState isPage failure={failure} text={failed} onRetry={() => void result.refetch()} />;
  }
  return <Loading label={loading} />;
}
