import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { endpoints, OUTBOX_KEY_HEADER } from "@yumroad/contract";
import { call } from "../lib/call.ts";

const all = ["outbox"] as const;

/** The mail tray, newest first. Refetched on every visit, because mails arrive by themselves. */
export function outboxQuery(trayKey: string) {
  return infiniteQueryOptions({
    queryKey: [...all, trayKey, "list"],
    queryFn: ({ client, pageParam, signal }) =>
      call(client, endpoints.mail.list, {
        query: pageParam === null ? {} : { cursor: pageParam },
        headers: { [OUTBOX_KEY_HEADER]: trayKey },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 0,
    meta: { isPublic: true },
  });
}

/** A mail, which never changes. Refetched whenever it is opened, because the address of its page expires. */
export function outboxMailQuery(trayKey: string, id: string) {
  return queryOptions({
    queryKey: [...all, trayKey, "one", id],
    queryFn: ({ client, signal }) =>
      call(client, endpoints.mail.get, { params: { id }, headers: { [OUTBOX_KEY_HEADER]: trayKey }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    meta: { isPublic: true },
  });
}
