import { searchWordsOf } from "@yumroad/contract";
import { useCallback } from "react";
import { useSearchParams } from "react-router-dom";

export interface ListInAddress<Status extends string> {
  q: string;
  /** Null: all. */
  status: Status | null;
  search: (words: string) => void;
  filter: (status: Status | null) => void;
}

/**
 * The search and the filter of a list in the page's address (`?q=…&status=…`), and functions that change them. Replaces
 * the history entry, so that Back leaves the list.
 */
export function useListInAddress<Status extends string>(statuses: readonly Status[]): ListInAddress<Status> {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (name: "q" | "status", value: string) => {
      function changed(last: URLSearchParams): URLSearchParams {
        const next = new URLSearchParams(last);
        if (value === "") next.delete(name);
        else next.set(name, value);
        // Another list begins with its first page.
        next.delete("pages");
        return next;
      }
      setParams(changed, { replace: true, preventScrollReset: true });
    },
    [setParams],
  );
  const given = params.get("status");
  return {
    q: searchWordsOf(params.get("q") ?? ""),
    status: statuses.find((status) => status === given) ?? null,
    search: (words) => change("q", words),
    filter: (status) => change("status", status ?? ""),
  };
}
