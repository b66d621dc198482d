import { queryOptions, useQuery } from "@tanstack/react-query";
import { endpoints } from "@yumroad/contract";
import { call } from "../../lib/call.ts";

/** What this shop can do. The same whoever is logged in, and it hardly ever changes. */
const siteQuery = queryOptions({
  queryKey: ["site"],
  queryFn: ({ signal }) => call(endpoints.shop.get, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  refetchOnReconnect: false,
  meta: { isLasting: true },
});

export function useSite() {
  return useQuery(siteQuery);
}

/** Whether it is certain that nobody can sign up. When in doubt the form is shown, and the server decides. */
export function useIsSignupClosed(): boolean {
  return useSite().data?.signupMode === "closed";
}
