import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useEffect } from "react";
import { useSearchParams } from "react-router-dom";

const PARAMETER = "pages";
// Each page is a request, so an address can't ask for thousands.
const MOST = 20;

/**
 * The number of loaded pages, stored in the address: it survives a reload and works in a shared link. Returns a
 * function that shows the next page. The rest of the address is unchanged.
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
    // Replaces the history entry, so that Back leaves the list.
    setParams(next, { replace: true, preventScrollReset: true });
  };
}
