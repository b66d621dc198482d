import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useEffect } from "react";
import { useSearchParams } from "react-router-dom";

const PARAMETER = "pages";
// Each one is a request: an address that asks for thousands gets these.
const MOST = 20;

/**
 * How much of a list is shown, in the address: it is there again after a reload, and for whoever gets the link. Gives
 * back how to show the next part. The rest of the address stays as it is.
 */
export function useLoadedPages(result: UseInfiniteQueryResult<InfiniteData<unknown>>, isOn: boolean): () => void {
  const [params, setParams] = useSearchParams();
  const wanted = isOn ? Math.min(MOST, Number(params.get(PARAMETER)) || 1) : 1;
  const { data, hasNextPage, isFetching, isPlaceholderData, isFetchNextPageError, fetchNextPage } = result;
  const loaded = data?.pages.length ?? 0;
  const isMissing = loaded > 0 && loaded < wanted && hasNextPage && !isPlaceholderData;
  const isIdle = !isFetching && !isFetchNextPageError;
  useEffect(() => {
    if (isMissing && isIdle) void fetchNextPage();
  }, [isMissing, isIdle, fetchNextPage]);
  return () => {
    if (loaded >= MOST || isMissing) return void fetchNextPage();
    const next = new URLSearchParams(params);
    next.set(PARAMETER, String(loaded + 1));
    // Replaced, not pushed: Back leaves the list, it does not take back what was shown.
    setParams(next, { replace: true, preventScrollReset: true });
  };
}
