import { infiniteQueryOptions } from "@tanstack/react-query";
import { endpoints } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";
import { accountKey } from "../users/api.ts";

// Fewer than a page of products, because each is a line at the end of a long page.
const LIMIT = "10";

/** The activity of the user's account, newest first. */
export const activityQuery = infiniteQueryOptions({
  queryKey: [...accountKey, "activity"],
  queryFn: ({ client, pageParam, signal }) =>
    call(client, endpoints.activity.list, {
      query: { limit: LIMIT, ...(pageParam === null ? {} : { cursor: pageParam }) },
      signal,
    }),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.nextCursor,
});
