import { type MutationFunctionContext, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { endpoints } from "@yumroad/contract";
import { ApiError, call } from "../../platform/lib/call.ts";
import { accountKey } from "../users/api.ts";

/** The user's sessions, the current one first. */
export const sessionsQuery = queryOptions({
  queryKey: [...accountKey, "sessions"],
  queryFn: ({ client, signal }) => call(client, endpoints.sessions.list, { signal }),
});

async function endSession(handle: string, { client }: MutationFunctionContext): Promise<void> {
  try {
    await call(client, endpoints.sessions.end, { params: { handle } });
  } catch (error) {
    // It has ended already, which is the wanted result.
    if (!(error instanceof ApiError && error.code === "not_found")) throw error;
  }
}

export function useEndSession() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: endSession,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountKey }),
  });
}

export function useEndOtherSessions() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(queryClient, endpoints.sessions.endOthers),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountKey }),
  });
}
