import { useState } from "react";

interface Query {
  data: unknown;
  error: unknown;
  isError: boolean;
  isFetching: boolean;
}

export interface Failure {
  error: unknown;
  /** The query is being retried. */
  isRetrying: boolean;
}

/**
 * The failure of a query without data. It is kept while the query is retried and has forgotten it, so that "Try again"
 * stays in place. `of` identifies the requested data: a failure of other data is dropped.
 */
export function useFailure(query: Query, of = ""): Failure | null {
  const [last, setLast] = useState<{ of: string; error: unknown } | null>(null);
  const isWithout = query.data === undefined;
  const isOver = last !== null && (last.of !== of || !isWithout);
  if (isWithout && query.isError && (last?.of !== of || last.error !== query.error))
    setLast({ of, error: query.error });
  else if (isOver) setLast(null);
  return last === null || isOver ? null : { error: last.error, isRetrying: query.isFetching };
}
