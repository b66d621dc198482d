import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { Timestamp } from "./timestamp.ts";
import { User } from "./user.ts";

/** A live session. `expiresAt` is the earlier of its idle and its absolute end. */
export const LiveSession = z.strictObject({ user: User, expiresAt: Timestamp });
export type LiveSession = z.infer<typeof LiveSession>;

/** Factors accepted as the second one: the app's current code, or one of the recovery codes. */
export const SecondFactor = z.enum(["totp", "recovery_code"]);
export type SecondFactor = z.infer<typeof SecondFactor>;

/**
 * Second factor pending: the password was right, and until the factor follows the session authenticates nobody (R70).
 */
export const PendingSession = z.strictObject({
  user: z.null(),
  expiresAt: Timestamp,
  ended: z.literal(false),
  secondFactors: z.array(SecondFactor),
});
export type PendingSession = z.infer<typeof PendingSession>;

/** No user is logged in. `ended`: the browser still holds the cookie of a session that has ended. */
export const NoSession = z.strictObject({ user: z.null(), expiresAt: z.null(), ended: z.boolean() });
export type NoSession = z.infer<typeof NoSession>;

export const SessionState = z.union([LiveSession, PendingSession, NoSession]);
export type SessionState = z.infer<typeof SessionState>;

/** A session as its owner sees it. The public id names it and authorises nothing; the session id is never sent (R7). */
export const SessionSummary = z.strictObject({
  handle: z.string(),
  /** The browser in words: "Firefox on Windows". */
  device: z.string(),
  /** The shortened address: enough to recognise one's own network, too little to find a person. */
  address: z.string(),
  firstUsedAt: Timestamp,
  lastUsedAt: Timestamp,
  expiresAt: Timestamp,
  isCurrent: z.boolean(),
});
export type SessionSummary = z.infer<typeof SessionSummary>;

export const SessionHandle = z.strictObject({ handle: z.string().check(z.regex(/^[\w-]{22}$/)) });

export const sessionEndpoints = {
  current: endpoint({
    method: "GET",
    path: "/api/auth/session",
    access: "anyone",
    summary: "Who is logged in, if anybody; `passive=1` asks without keeping the session alive",
    query: z.strictObject({ passive: z.optional(z.literal("1")) }),
    success: { status: 200, body: SessionState },
    problems: [],
  }),

  list: endpoint({
    method: "GET",
    path: "/api/account/sessions",
    access: "user",
    summary: "One's own sessions, this one first, then the last used",
    success: { status: 200, body: z.strictObject({ items: z.array(SessionSummary) }) },
    problems: [],
  }),

  end: endpoint({
    method: "DELETE",
    path: "/api/account/sessions/:handle",
    access: "user",
    whose: "own",
    summary: "End one of one's own sessions: its next request is not logged in",
    params: SessionHandle,
    success: { status: 204, body: null },
    problems: [],
  }),

  endOthers: endpoint({
    method: "DELETE",
    path: "/api/account/sessions",
    access: "user",
    summary: "End all of one's own sessions but this one",
    success: { status: 204, body: null },
    problems: [],
  }),
};
