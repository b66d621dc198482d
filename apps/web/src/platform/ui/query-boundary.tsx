import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { queryBoundaryWords as words } from "../../words/query-boundary.ts";
import { ErrorState, Loading } from "./states.tsx";
import { useFailure } from "./use-failure.ts";

interface QueryBoundaryProps<Data> {
  result: UseQueryResult<Data>;
  /** The data's name as the subject of a sentence: "Your passkeys". */
  what: string;
  isPart?: boolean;
  children: (data: Data) => ReactNode;
}

/** Renders a query's data, or its loading or error state. */
export function QueryBoundary<Data>({ result, what, isPart = false, children }: QueryBoundaryProps<Data>) {
  const failure = useFailure(result, what);
  if (result.data !== undefined) return children(result.data);
  if (failure !== null) {
    return <ErrorState failure={failure} text={words.failed(what)} onRetry={() => void result.refetch()} />;
  }
  return <Loading label={words.loading(what)} isPart={isPart} />;
}
