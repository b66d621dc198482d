import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { PageQuery, page } from "./paging.ts";
import { Timestamp } from "./timestamp.ts";

/** The request header with the key of the mail tray. The server prints the key when it starts. */
export const OUTBOX_KEY_HEADER = "X-Outbox-Key";

/** The key of the mail tray: 32 bytes in base64url. */
export const OutboxKey = z.string().check(z.regex(/^[\w-]{43}$/));

/** A mail in the mail tray, in which the local demo keeps mails while no mail server is configured. */
export const OutboxMail = z.strictObject({ id: z.string(), to: z.string(), subject: z.string(), at: Timestamp });
export type OutboxMail = z.infer<typeof OutboxMail>;

/**
 * A mail in the mail tray with its HTML and text as they would be sent. `pageUrl` is a temporary address of the HTML,
 * to be shown in a frame.
 */
export const OutboxMailInFull = z.strictObject({
  ...OutboxMail.shape,
  html: z.string(),
  text: z.string(),
  pageUrl: z.string(),
});
export type OutboxMailInFull = z.infer<typeof OutboxMailInFull>;

export const mailEndpoints = {
  list: endpoint({
    method: "GET",
    path: "/api/outbox",
    access: "anyone",
    summary: "The demo inbox, newest first. Only in the local demo without SMTP; send its key as `X-Outbox-Key`",
    query: PageQuery,
    success: { status: 200, body: page(OutboxMail) },
    problems: ["not_found"],
    never: ["session_store_unavailable"],
  }),

  get: endpoint({
    method: "GET",
    path: "/api/outbox/:id",
    access: "anyone",
    summary: "One email of the demo inbox. Send the key as `X-Outbox-Key`",
    params: z.strictObject({ id: z.string().check(z.regex(/^[0-9a-f-]{36}$/)) }),
    success: { status: 200, body: OutboxMailInFull },
    problems: [],
    never: ["session_store_unavailable"],
  }),
};
