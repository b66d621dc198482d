import { useMutation, useQueryClient } from "@tanstack/react-query";
import { endpoints } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";

export function useFindPurchases() {
  return useMutation({
    mutationFn: (body: { email: string }, { client }) => call(client, endpoints.purchases.find, { body }),
  });
}

export function useOpenPurchases() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (token: string, { client }) => call(client, endpoints.purchases.open, { body: { token } }),
    // This browser may have been refused an order before.
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["orders"] }),
  });
}
