import { useMutation, useQueryClient } from "@tanstack/react-query";
import { endpoints } from "@yumroad/contract";
import { call, callForFile } from "../../../lib/call.ts";
import { accountKey, accountQuery } from "../api.ts";

export function useExportData() {
  const queryClient = useQueryClient();
  return useMutation({
    // Not kept for longer than it takes to save it.
    gcTime: 0,
    mutationFn: () => callForFile(endpoints.privacy.export, "yumroad-data.zip"),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountKey }),
  });
}

/** Spoils nothing that would still be there: all sessions are over with it. */
export function useRequestDeletion() {
  return useMutation({ mutationFn: () => call(endpoints.privacy.requestDeletion) });
}

export function useUndoDeletion() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(endpoints.privacy.undoDeletion),
    onSuccess(account) {
      queryClient.setQueryData(accountQuery.queryKey, account);
      return queryClient.invalidateQueries({ queryKey: accountKey });
    },
  });
}
