import type { User } from "@yumroad/contract";
import type { SessionData } from "express-session";
import type { Limits } from "../limits.ts";

/** What a session is, beside its id. Whatever changes it is written as a whole, and only over what was read. */
export interface SessionRecord {
  user: User;
  /** When the person logged in; milliseconds since 1970, as all times here. */
  loggedInAt: number;
  /** When the session was last seen, to the accuracy of `limits.sessionRenewal`. */
  seenAt: number;
  isRemembered: boolean;
}

declare module "express-session" {
  interface SessionData {
    record?: SessionRecord;
  }
}

type SessionLimits = Pick<
  Limits,
  "sessionIdle" | "sessionAbsolute" | "rememberedSessionIdle" | "rememberedSessionAbsolute"
>;

/** When a session ends at the latest, however much it is used. */
export function absoluteEndOf(record: SessionRecord, limits: SessionLimits): number {
  return record.loggedInAt + (record.isRemembered ? limits.rememberedSessionAbsolute : limits.sessionAbsolute);
}

/** When a session ends if it is not seen again: the earlier of its idle and its absolute end. */
export function endOf(record: SessionRecord, limits: SessionLimits): number {
  const idleEnd = record.seenAt + (record.isRemembered ? limits.rememberedSessionIdle : limits.sessionIdle);
  return Math.min(idleEnd, absoluteEndOf(record, limits));
}

/** A record as the stores keep it: short, since a shop with many visitors keeps many. */
export function encodeRecord({ user, loggedInAt, seenAt, isRemembered }: SessionRecord): string {
  const { id, email, name, store } = user;
  return JSON.stringify([1, id, email, name, store.handle, store.name, loggedInAt, seenAt, isRemembered ? 1 : 0]);
}

/** Reads what `encodeRecord` wrote; null for anything else, which then is no session. */
export function decodeRecord(text: string): SessionRecord | null {
  try {
    const [version, id, email, name, handle, storeName, loggedInAt, seenAt, isRemembered] = JSON.parse(text);
    if (version !== 1 || typeof id !== "string" || !Number.isFinite(loggedInAt) || !Number.isFinite(seenAt))
      return null;
    const user = { id, email, name, store: { handle, name: storeName } };
    return { user, loggedInAt, seenAt, isRemembered: isRemembered === 1 };
  } catch {
    return null;
  }
}

/** A record as express-session takes it from a store. The cookie in it is never sent: loaded sessions send none. */
export function toSessionData(record: SessionRecord): SessionData {
  return { cookie: { originalMaxAge: null }, record };
}
