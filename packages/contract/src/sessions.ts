import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { Timestamp } from "./timestamp.ts";
import { User } from "./user.ts";

/** The session of a logged-in user. `expiresAt`: the end of its idle or its absolute lifetime, whichever is earlier. */
export const LiveSession = z.strictObject({ user: User, expiresAt: Timestamp });
export type LiveSession = z.infer<typeof LiveSession>;

/** Accepted second factors: the current code of an authenticator app (`totp`), or a recovery code. */
export const SecondFactor = z.enum(["totp", "recovery_code"]);
export type SecondFactor = z.infer<typeof SecondFactor>;

/** A session after the correct password and before the second factor. It authenticates nobody (R70). */
export const PendingSession = z.strictObject({
  user: z.null(),
  expiresAt: Timestamp,
  ended: z.literal(false),
  secondFactors: z.array(SecondFactor),
});
export type PendingSession = z.infer<typeof PendingSession>;

/** No user is logged in. `ended`: the browser sent the cookie of a session that has ended. */
export const NoSession = z.strictObject({ user: z.null(), expiresAt: z.null(), ended: z.boolean() });
export type NoSession = z.infer<typeof NoSession>;

export const SessionState = z.union([LiveSession, PendingSession, NoSession]);
export type SessionState = z.infer<typeof SessionState>;

/**
 * A session as its owner sees it. `handle` names the session but authorises nothing; the session id is never shown
 * (R7).
 */
export const SessionSummary = z.strictObject({
  handle: z.string(),
  /** The browser, for example "Firefox on Windows". */
  device: z.string(),
  /** The IP address, shortened: enough to recognise one's own network, too little to find a person. */
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
    summary: "Who is logged in, if anyone. `passive=1` doesn’t keep the session alive",
    query: z.strictObject({ passive: z.optional(z.literal("1")) }),
    success: { status: 200, body: SessionState },
    problems: [],
  }),

  list: endpoint({
    method: "GET",
    path: "/api/account/sessions",
    access: "user",
    summary: "Your devices: this one first, then the most recently used",
    success: { status: 200, body: z.strictObject({ items: z.array(SessionSummary) }) },
    problems: [],
  }),

  end: endpoint({
    method: "DELETE",
    path: "/api/account/sessions/:handle",
    access: "user",
    whose: "own",
    summary: "Log out one of your devices",
    params: SessionHandle,
    success: { status: 204, body: null },
    problems: [],
  }),

  endOthers: endpoint({
    method: "DELETE",
    path: "/api/account/sessions",
    access: "user",
    summary: "Log out all other devices",
    success: { status: 204, body: null },
    problems: [],
  }),
};
