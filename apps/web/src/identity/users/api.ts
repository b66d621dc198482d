import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { endpoints, type ProfileChange } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";

/** The common prefix of all account queries: a change in one invalidates all. */
export const accountKey = ["account"] as const;

/** The user's account. */
export const accountQuery = queryOptions({
  queryKey: [...accountKey, "self"],
  queryFn: ({ client, signal }) => call(client, endpoints.account.get, { signal }),
});

export function useChangeProfile() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: ProfileChange, { client }) => call(client, endpoints.account.change, { body: change }),
    onSuccess(account) {
      queryClient.setQueryData(accountQuery.queryKey, account);
      return queryClient.invalidateQueries({ queryKey: accountKey });
    },
  });
}
