import { hash } from "node:crypto";
import type { User } from "@yumroad/contract";
import type { SessionData } from "express-session";
import type { Limits } from "../../config/limits.ts";

/** What a session is, beside its id. Whatever changes it is written as a whole, and only over what was read. */
export interface SessionRecord {
  user: User;
  /** When the person logged in; milliseconds since 1970, as all times here. */
  loggedInAt: number;
  /** When the session was last seen, to the accuracy of `limits.sessionRenewal`. */
  seenAt: number;
  /** When the person last proved who they are: at the log-in, or since (R69). */
  provenAt: number;
  isRemembered: boolean;
  /** The password was right and a second factor is still owed: until then the session is nobody's (R70). */
  isPending: boolean;
  /** The browser in words, and its address shortened, as they were at the log-in. */
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

/** When a session ends at the latest, however much it is used. */
export function absoluteEndOf(record: SessionRecord, limits: SessionLimits): number {
  if (record.isPending) return record.loggedInAt + limits.pendingSession;
  return record.loggedInAt + (record.isRemembered ? limits.rememberedSessionAbsolute : limits.sessionAbsolute);
}

/** When a session ends if it is not seen again: the earlier of its idle and its absolute end. */
export function endOf(record: SessionRecord, limits: SessionLimits): number {
  const idleEnd = record.seenAt + (record.isRemembered ? limits.rememberedSessionIdle : limits.sessionIdle);
  return Math.min(idleEnd, absoluteEndOf(record, limits));
}

/**
 * The name by which the owner of a session tells it from others. It says nothing of the id, which opens the session
 * (R7): whoever has the handle would have to guess 256 bits.
 */
export function publicIdOf(sessionId: string): string {
  return hash("sha256", `yumroad session handle ${sessionId}`, "base64url").slice(0, 22);
}

const REMEMBERED = 1;
const HALF = 2;

/** Who a user is, as it stands in a record behind the version. Without a store its places are empty. */
export function userPlaces({ id, email, name, store }: User): string[] {
  return [id, email, name, store?.handle ?? "", store?.name ?? ""];
}

/**
 * A record as the stores keep it: short, since a shop with many visitors keeps many. The scripts of the store in Redis
 * (`redis-session-scripts.ts`) know the places up to the flags.
 */
export function encodeRecord(record: SessionRecord): string {
  const { user, loggedInAt, seenAt, provenAt, isRemembered, isPending, device, address } = record;
  const flags = (isRemembered ? REMEMBERED : 0) | (isPending ? HALF : 0);
  return JSON.stringify([2, ...userPlaces(user), loggedInAt, seenAt, flags, provenAt, device, address]);
}

/** Reads what `encodeRecord` wrote, now or before; null for anything else, which then is no session. */
export function decodeRecord(text: string): SessionRecord | null {
  try {
    const [version, id, email, name, handle, storeName, loggedInAt, seenAt, flags, ...since2] = JSON.parse(text);
    if ((version !== 1 && version !== 2) || typeof id !== "string") return null;
    // Version 1 knew neither when a person had proven themselves last, nor the device.
    const [provenAt, device, address] = version === 2 ? since2 : [loggedInAt, "Unknown device", "unknown"];
    if (![loggedInAt, seenAt, flags, provenAt].every(Number.isFinite)) return null;
    const user: User = { id, email, name, store: handle === "" ? null : { handle, name: storeName } };
    const isRemembered = (flags & REMEMBERED) !== 0;
    return { user, loggedInAt, seenAt, provenAt, isRemembered, isPending: (flags & HALF) !== 0, device, address };
  } catch {
    return null;
  }
}

/** A record as express-session takes it from a store. The cookie in it is never sent: loaded sessions send none. */
export function toSessionData(record: SessionRecord): SessionData {
  return { cookie: { originalMaxAge: null }, record };
}
