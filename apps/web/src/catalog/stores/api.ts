import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { endpoints, type StoreChange, type StorePayments } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";

/** The user's own store. */
export const ownStoreQuery = queryOptions({
  queryKey: ["own-store"],
  queryFn: ({ client, signal }) => call(client, endpoints.stores.getOwn, { signal }),
});

export function useChangeStore() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: StoreChange, { client }) => call(client, endpoints.stores.changeOwn, { body: change }),
    onSuccess(store) {
      queryClient.setQueryData(ownStoreQuery.queryKey, store);
      // Products and their lists show the store's name and link to it.
      return queryClient.invalidateQueries({ queryKey: ["products"] });
    },
  });
}

export function useChangePayments() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (payments: StorePayments, { client }) =>
      call(client, endpoints.stores.changePayments, { body: payments }),
    onSuccess: (store) => queryClient.setQueryData(ownStoreQuery.queryKey, store),
  });
}
