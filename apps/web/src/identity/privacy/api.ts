import { useMutation, useQueryClient } from "@tanstack/react-query";
import { endpoints } from "@yumroad/contract";
import { call, callForFile } from "../../platform/lib/call.ts";
import { accountKey, accountQuery } from "../users/api.ts";

export function useExportData() {
  const queryClient = useQueryClient();
  return useMutation({
    // Kept only until it is saved.
    gcTime: 0,
    mutationFn: () => callForFile(queryClient, endpoints.privacy.export, "yumroad-data.zip"),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountKey }),
  });
}

/** Invalidates nothing, because it ends all sessions. */
export function useRequestDeletion() {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: () => call(queryClient, endpoints.privacy.requestDeletion) });
}

export function useUndoDeletion() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(queryClient, endpoints.privacy.undoDeletion),
    onSuccess(account) {
      queryClient.setQueryData(accountQuery.queryKey, account);
      return queryClient.invalidateQueries({ queryKey: accountKey });
    },
  });
}
