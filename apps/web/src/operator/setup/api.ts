import { useMutation } from "@tanstack/react-query";
import { endpoints } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";

export function useSetUpShop() {
  return useMutation({
    mutationFn: (token: string, { client }) => call(client, endpoints.operator.setUp, { body: { token } }),
  });
}
