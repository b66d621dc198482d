import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { endpoints } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";

/** How the shop's payments fare. Refetched on every visit. */
export const paymentsQuery = queryOptions({
  queryKey: ["operator-payments"],
  queryFn: ({ client, signal }) => call(client, endpoints.operator.getPayments, { signal }),
  staleTime: 0,
});

/** Checks whether real money can be taken. */
export function useCheckSetup() {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: () => call(queryClient, endpoints.operator.checkPaymentSetup) });
}

export function useCheckPayments() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(queryClient, endpoints.operator.checkPayments),
    onSuccess: ({ payments }) => queryClient.setQueryData(paymentsQuery.queryKey, payments),
  });
}
