import { infiniteQueryOptions } from "@tanstack/react-query";
import { endpoints } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";

/** Statements of withdrawal for which no order was found, newest first. Refetched on every visit. */
export const strayWithdrawalsQuery = infiniteQueryOptions({
  queryKey: ["stray-withdrawals"],
  queryFn: ({ client, pageParam, signal }) =>
    call(client, endpoints.operator.listWithdrawals, {
      query: pageParam === null ? {} : { cursor: pageParam },
      signal,
    }),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.nextCursor,
  staleTime: 0,
});
