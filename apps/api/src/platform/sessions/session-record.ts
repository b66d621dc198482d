import { hash } from "node:crypto";
import type { User } from "@yumroad/contract";
import type { SessionData } from "express-session";
import type { Limits } from "../../config/limits.ts";

/**
 * The content of a session, without its id. Every change writes it as a whole, and only over the text that was read.
 */
export interface SessionRecord {
  user: User;
  /** Time of the login; milliseconds since 1970, like all times here. */
  loggedInAt: number;
  /** Time of the last use, to the accuracy of `limits.sessionRenewal`. */
  seenAt: number;
  /** Time of the last proof of identity: at the login, or since (R69). */
  provenAt: number;
  isRemembered: boolean;
  /** Second factor pending: until then the session authenticates nobody (R70). */
  isPending: boolean;
  /** The browser in words, and its shortened address, both at the time of the login. */
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

/** The time at which a session ends at the latest, however much it is used. */
export function absoluteEndOf(record: SessionRecord, limits: SessionLimits): number {
  if (record.isPending) return record.loggedInAt + limits.pendingSession;
  return record.loggedInAt + (record.isRemembered ? limits.rememberedSessionAbsolute : limits.sessionAbsolute);
}

/** The time at which a session ends if it is not used again: the earlier of its idle and its absolute end. */
export function endOf(record: SessionRecord, limits: SessionLimits): number {
  const idleEnd = record.seenAt + (record.isRemembered ? limits.rememberedSessionIdle : limits.sessionIdle);
  return Math.min(idleEnd, absoluteEndOf(record, limits));
}

/**
 * The public id by which a session's owner tells it from others. It reveals nothing of the session id, which is the
 * secret (R7): guessing that from it means guessing 256 bits.
 */
export function publicIdOf(sessionId: string): string {
  return hash("sha256", `yumroad session handle ${sessionId}`, "base64url").slice(0, 22);
}

const REMEMBERED = 1;
const PENDING = 2;

/** A user's fields in a record, behind the version. Without a store its fields are empty. */
export function userPlaces({ id, email, name, store }: User): string[] {
  return [id, email, name, store?.handle ?? "", store?.name ?? ""];
}

/**
 * Encodes a record for the stores: short, since a shop with many visitors stores many. The Redis scripts
 * (`redis-session-scripts.ts`) know the positions up to the flags.
 */
export function encodeRecord(record: SessionRecord): string {
  const { user, loggedInAt, seenAt, provenAt, isRemembered, isPending, device, address } = record;
  const flags = (isRemembered ? REMEMBERED : 0) | (isPending ? PENDING : 0);
  return JSON.stringify([2, ...userPlaces(user), loggedInAt, seenAt, flags, provenAt, device, address]);
}

/** Decodes a record of this or an earlier version; null for anything else, which then is no session. */
export function decodeRecord(text: string): SessionRecord | null {
  try {
    const [version, id, email, name, handle, storeName, loggedInAt, seenAt, flags, ...since2] = JSON.parse(text);
    if ((version !== 1 && version !== 2) || typeof id !== "string") return null;
    // Version 1 had neither the time of the last proof nor the device.
    const [provenAt, device, address] = version === 2 ? since2 : [loggedInAt, "Unknown device", "unknown"];
    if (![loggedInAt, seenAt, flags, provenAt].every(Number.isFinite)) return null;
    const user: User = { id, email, name, store: handle === "" ? null : { handle, name: storeName } };
    const isRemembered = (flags & REMEMBERED) !== 0;
    return { user, loggedInAt, seenAt, provenAt, isRemembered, isPending: (flags & PENDING) !== 0, device, address };
  } catch {
    return null;
  }
}

/** A record as express-session takes it from a store. Its cookie is never sent: loaded sessions send none. */
export function toSessionData(record: SessionRecord): SessionData {
  return { cookie: { originalMaxAge: null }, record };
}
