import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { type Answer, endpoints, type MailState } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";
import { replaceInLists } from "../../platform/lib/replace-in-lists.ts";

const mailQueueKey = ["mail-queue"] as const;

export type QueuedMailPage = Answer<typeof endpoints.operator.listMails>;

/** The shop's emails in a state, or in all (null), newest first. Refetched on every visit: their states change. */
export function mailQueueQuery(state: MailState | null) {
  return infiniteQueryOptions({
    queryKey: [...mailQueueKey, state],
    queryFn: ({ client, pageParam, signal }) =>
      call(client, endpoints.operator.listMails, {
        query: { ...(state === null ? {} : { state }), ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 0,
  });
}

/** Retries an email, and replaces it in every loaded list. */
export function useRetryMail(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(queryClient, endpoints.operator.retryMail, { params: { id } }),
    onSuccess: (mail) => replaceInLists(queryClient, mailQueueKey, mail, ({ id: other }) => other === mail.id),
  });
}
