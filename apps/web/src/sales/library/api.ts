import { infiniteQueryOptions } from "@tanstack/react-query";
import { type Answer, endpoints } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";

const libraryKey = ["library"] as const;

export type LibraryPart = Answer<typeof endpoints.library.list>;

/** What the user has bought, the newest first. Refetched on every visit: it grows with a payment elsewhere. */
export function libraryQuery() {
  return infiniteQueryOptions({
    queryKey: libraryKey,
    queryFn: ({ client, pageParam, signal }) =>
      call(client, endpoints.library.list, { query: pageParam === null ? {} : { cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 0,
  });
}
