import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorState, Loading } from "./states.tsx";
import { useFailure } from "./use-failure.ts";

interface LoadedProps<Data> {
  result: UseQueryResult<Data>;
  /** What is looked at, as the subject of a sentence: "Your passkeys". */
  what: string;
  isPart?: boolean;
  children: (data: Data) => ReactNode;
}

/** What was asked for, once it is there; until then, that it is loading or could not be loaded. */
export function Loaded<Data>({ result, what, isPart = false, children }: LoadedProps<Data>) {
  const failure = useFailure(result, what);
  if (result.data !== undefined) return children(result.data);
  if (failure !== null) {
    return <ErrorState failure={failure} text={`${what} could not be loaded`} onRetry={() => void result.refetch()} />;
  }
  return <Loading label={`Loading ${what.toLowerCase()}`} isPart={isPart} />;
}
