import { useMutation, useQueryClient } from "@tanstack/react-query";
import { endpoints, type PasswordChange } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";
import { accountKey } from "../users/api.ts";

export function useChangePassword() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: PasswordChange, { client }) => call(client, endpoints.password.change, { body: change }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountKey }),
  });
}
