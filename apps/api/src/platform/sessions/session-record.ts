import { hash } from "node:crypto";
import type { User } from "@yumroad/contract";
import type { SessionData } from "express-session";
import type { Limits } from "../../config/limits.ts";

/**
 * The content of a session, without its id. A change writes the whole record, and only if the stored text is still the
 * one that was read.
 */
export interface SessionRecord {
  user: User;
  /** Time of the login. All times here are milliseconds since 1970. */
  loggedInAt: number;
  /** Time of the last use, at most `limits.sessionRenewal` out of date. */
  seenAt: number;
  /** Time at which the user last proved their identity, at the login or later (R69). */
  provenAt: number;
  isRemembered: boolean;
  /** True until the second factor is verified: a pending session authenticates nobody (R70). */
  isPending: boolean;
  /** `device`: browser and system in words. `address`: the shortened IP address. Both are those of the login. */
  device: string;
  address: string;
}

declare module "express-session" {
  interface SessionData {
    record?: SessionRecord;
  }
}

type SessionLimits = Pick<
  Limits,
  "sessionIdle" | "sessionAbsolute" | "rememberedSessionIdle" | "rememberedSessionAbsolute" | "pendingSession"
>;

/** The time at which a session ends even if it is in constant use. */
export function absoluteEndOf(record: SessionRecord, limits: SessionLimits): number {
  if (record.isPending) return record.loggedInAt + limits.pendingSession;
  return record.loggedInAt + (record.isRemembered ? limits.rememberedSessionAbsolute : limits.sessionAbsolute);
}

/** The time at which a session ends if it is not used again: its idle end or its absolute end, whichever is earlier. */
export function endOf(record: SessionRecord, limits: SessionLimits): number {
  const idleEnd = record.seenAt + (record.isRemembered ? limits.rememberedSessionIdle : limits.sessionIdle);
  return Math.min(idleEnd, absoluteEndOf(record, limits));
}

/**
 * The public id by which the owner of a session tells it from their other ones. It does not reveal the session id,
 * which is secret (R7): to find the session id, an attacker would have to guess 256 bits.
 */
export function publicIdOf(sessionId: string): string {
  return hash("sha256", `yumroad session handle ${sessionId}`, "base64url").slice(0, 22);
}

const REMEMBERED = 1;
const PENDING = 2;
/** The user operates the shop. The script that rewrites a user in Redis depends on this being the highest flag. */
export const OPERATOR = 4;

/**
 * The user's five fields of a record, which follow the version. For a user without a store, the two fields of the store
 * are empty.
 */
export function userPlaces({ id, email, name, store }: User): string[] {
  return [id, email, name, store?.handle ?? "", store?.name ?? ""];
}

/**
 * Encodes a record as a text for the stores. The text is short, since a shop with many visitors stores many. The Redis
 * scripts (`redis-session-scripts.ts`) depend on the positions of the fields up to the flags.
 */
export function encodeRecord(record: SessionRecord): string {
  const { user, loggedInAt, seenAt, provenAt, isRemembered, isPending, device, address } = record;
  const flags = (isRemembered ? REMEMBERED : 0) | (isPending ? PENDING : 0) | (user.isOperator ? OPERATOR : 0);
  return JSON.stringify([2, ...userPlaces(user), loggedInAt, seenAt, flags, provenAt, device, address]);
}

/** Decodes a record of this or an earlier version. Null: the text is no record, so it counts as no session. */
export function decodeRecord(text: string): SessionRecord | null {
  try {
    const [version, id, email, name, handle, storeName, loggedInAt, seenAt, flags, ...since2] = JSON.parse(text);
    if ((version !== 1 && version !== 2) || typeof id !== "string") return null;
    // Version 1 contained neither the time of the last proof of identity, nor the device and address.
    const [provenAt, device, address] = version === 2 ? since2 : [loggedInAt, "Unknown device", "unknown"];
    if (![loggedInAt, seenAt, flags, provenAt].every(Number.isFinite)) return null;
    const isOperator = (flags & OPERATOR) !== 0;
    const user: User = { id, email, name, store: handle === "" ? null : { handle, name: storeName }, isOperator };
    const isRemembered = (flags & REMEMBERED) !== 0;
    return { user, loggedInAt, seenAt, provenAt, isRemembered, isPending: (flags & PENDING) !== 0, device, address };
  } catch {
    return null;
  }
}

/**
 * Converts a record to the form in which express-session takes it from a store. The cookie in it is never sent, since
 * only new sessions send one.
 */
export function toSessionData(record: SessionRecord): SessionData {
  return { cookie: { originalMaxAge: null }, record };
}
