import { searchWordsOf } from "@yumroad/contract";
import { useCallback } from "react";
import { useSearchParams } from "react-router-dom";

/**
 * The search of a page in its address (`?q=`), as valid search words, and a function that replaces it. Replaces the
 * history entry, so that Back leaves the search instead of removing its letters.
 */
export function useSearchInAddress(): { q: string; search: (words: string) => void } {
  const [params, setParams] = useSearchParams();
  const search = useCallback(
    (words: string) => setParams(words === "" ? {} : { q: words }, { replace: true, preventScrollReset: true }),
    [setParams],
  );
  return { q: searchWordsOf(params.get("q") ?? ""), search };
}
