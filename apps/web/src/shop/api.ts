import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { endpoints, maySell, type Shop, type User } from "@yumroad/contract";
import { call } from "../platform/lib/call.ts";

/** The shop's settings. They are the same for every user, and hardly ever change. */
const siteQuery = queryOptions({
  queryKey: ["site"],
  queryFn: ({ client, signal }) => call(client, endpoints.shop.get, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  refetchOnReconnect: false,
  meta: { isLasting: true },
});

export function useSite() {
  return useQuery(siteQuery);
}

/** True if the user may sell in this shop; undefined while its kind is unknown. */
export function useMaySell(user: User | null): boolean | undefined {
  const site = useSite();
  if (user === null || site.data === undefined) return undefined;
  return maySell(site.data.kind, user);
}

/** Returns the function that puts changed settings on the screen at once: caches may have the former ones for seconds. */
export function useUpdateSite() {
  const queryClient = useQueryClient();
  return (change: Partial<Shop>) =>
    queryClient.setQueryData(siteQuery.queryKey, (site) => site && { ...site, ...change });
}

/** True if sign-ups are certainly closed. While unknown the form is shown, and the server decides. */
export function useIsSignupClosed(): boolean {
  return useSite().data?.signupMode === "closed";
}
