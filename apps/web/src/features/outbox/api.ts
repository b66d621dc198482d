import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { endpoints } from "@yumroad/contract";
import { call } from "../../lib/call.ts";

const all = ["outbox"] as const;

/** The mail tray, the newest first. Asked for anew whenever somebody looks: mails come by themselves. */
export function outboxQuery() {
  return infiniteQueryOptions({
    queryKey: [...all, "list"],
    queryFn: ({ pageParam, signal }) =>
      call(endpoints.listOutbox, { query: pageParam === null ? {} : { cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 0,
    meta: { isPublic: true },
  });
}

/** A mail, which never changes. */
export function outboxMailQuery(id: string) {
  return queryOptions({
    queryKey: [...all, "one", id],
    queryFn: ({ signal }) => call(endpoints.getOutboxMail, { params: { id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    meta: { isPublic: true },
  });
}

/** Where the mail itself is, as a page to be framed. */
export function mailPagePath(id: string): string {
  return `/api/outbox/${encodeURIComponent(id)}/page`;
}
