import { useState } from "react";

interface Query {
  data: unknown;
  error: unknown;
  isError: boolean;
  isFetching: boolean;
}

export interface Failure {
  error: unknown;
  /** It is being asked for again. */
  isRetrying: boolean;
}

/**
 * What a query that has no answer failed with; still, while it is asked again (when the query itself has forgotten), so
 * that "Try again" stays where it was pressed. `of` is what is asked for: a failure of something else is none of this.
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
