import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { type Answer, type DiscountChanges, type DiscountInput, endpoints } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";
import { replaceInLists } from "../../platform/lib/replace-in-lists.ts";

const all = ["discounts"] as const;

export type DiscountsPage = Answer<typeof endpoints.discounts.list>;

/** Discount codes of the user's store, the newest first. Refetched on every visit: buyers use them. */
export const discountsQuery = infiniteQueryOptions({
  queryKey: all,
  queryFn: ({ client, pageParam, signal }) =>
    call(client, endpoints.discounts.list, { query: pageParam === null ? {} : { cursor: pageParam }, signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.nextCursor,
  staleTime: 0,
});

export function useCreateDiscount() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: DiscountInput, { client }) => call(client, endpoints.discounts.create, { body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: all }),
  });
}

export function useChangeDiscount(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: DiscountChanges, { client }) =>
      call(client, endpoints.discounts.change, { params: { id }, body }),
    onSuccess: (discount) => replaceInLists(queryClient, all, discount, (other) => other.id === id),
  });
}

export function useEndDiscount(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(queryClient, endpoints.discounts.end, { params: { id } }),
    onSuccess: (discount) => replaceInLists(queryClient, all, discount, (other) => other.id === id),
  });
}
