import * as z from "zod/mini";
import { Timestamp } from "./accounts.ts";
import { endpoint } from "./endpoint.ts";

/** A session as its owner sees it. The handle names it and opens nothing; the session's id is never told (R7). */
export const SessionSummary = z.strictObject({
  handle: z.string(),
  /** In words: "Firefox on Windows". */
  device: z.string(),
  /** Shortened: enough to know one's own network by, not to find anybody. */
  address: z.string(),
  firstUsedAt: Timestamp,
  lastUsedAt: Timestamp,
  expiresAt: Timestamp,
  isCurrent: z.boolean(),
});
export type SessionSummary = z.infer<typeof SessionSummary>;

export const SessionHandle = z.strictObject({ handle: z.string().check(z.regex(/^[\w-]{22}$/)) });

export const listSessions = endpoint({
  method: "GET",
  path: "/api/account/sessions",
  access: "user",
  summary: "One's own sessions, this one first, then the last used",
  success: { status: 200, body: z.strictObject({ items: z.array(SessionSummary) }) },
  problems: [],
});

export const endSession = endpoint({
  method: "DELETE",
  path: "/api/account/sessions/:handle",
  access: "user",
  whose: "own",
  summary: "End one of one's own sessions: its next request is nobody's",
  params: SessionHandle,
  success: { status: 204, body: null },
  problems: [],
});

export const endOtherSessions = endpoint({
  method: "DELETE",
  path: "/api/account/sessions",
  access: "user",
  summary: "End all of one's own sessions but this one",
  success: { status: 204, body: null },
  problems: [],
});
