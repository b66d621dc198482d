import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { type Answer, endpoints } from "@yumroad/contract";
import { call } from "../../lib/call.ts";

const libraryKey = ["library"] as const;

export type LibraryPart = Answer<typeof endpoints.library.list>;

/** What the user has bought, the newest first. Refetched on every visit: it grows with a payment elsewhere. */
export function libraryQuery() {
  return infiniteQueryOptions({
    queryKey: libraryKey,
    queryFn: ({ pageParam, signal }) =>
      call(endpoints.library.list, { query: pageParam === null ? {} : { cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 0,
  });
}

export function useFindPurchases() {
  return useMutation({ mutationFn: (body: { email: string }) => call(endpoints.purchases.find, { body }) });
}

export function useOpenPurchases() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (token: string) => call(endpoints.purchases.open, { body: { token } }),
    // This browser may have been refused an order before.
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["orders"] }),
  });
}
