import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { endpoints, type WithdrawalInput, type WithdrawalOutcome } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";

export function useWithdraw() {
  return useMutation({
    mutationFn: (body: WithdrawalInput, { client }) => call(client, endpoints.withdrawals.make, { body }),
  });
}

/** Statements about an order of the user's store. Refetched on every visit. */
export function withdrawalsQuery(ref: string) {
  return queryOptions({
    queryKey: ["withdrawals", ref],
    queryFn: ({ client, signal }) => call(client, endpoints.withdrawals.listOfSale, { params: { ref }, signal }),
    staleTime: 0,
  });
}

interface Settlement {
  withdrawal: string;
  outcome: WithdrawalOutcome;
}

export function useSettleWithdrawal(ref: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ withdrawal, outcome }: Settlement, { client }) =>
      call(client, endpoints.withdrawals.settle, { params: { ref, withdrawal }, body: { outcome } }),
    onSuccess: (list) => queryClient.setQueryData(withdrawalsQuery(ref).queryKey, list),
  });
}
