import { v7 as uuid } from "uuid";
import type { Limits } from "../../config/limits.ts";
import type { Context } from "../../platform/http/context.ts";
import { lockUser } from "../users/lock-user.ts";
import { emailKeyOf } from "../users/user.entity.ts";
import { hashOfToken } from "./consume-token.ts";
import { MailedTokenEntity, type TokenPurpose } from "./mailed-token.entity.ts";
import { newToken } from "./new-token.ts";

export type LinkLimits = Pick<Limits, "mailedToken" | "undoEmailChange" | "unlockLink" | "liveLinks">;

export type TokenContext = Pick<Context, "em" | "clock"> & { limits: LinkLimits };

/** A token that anybody can request. `email`: the address to which its link is mailed. */
interface AskedToken {
  purpose: "reset_password" | "verify_email";
  userId: string;
  email: string;
  /** The page to return to after the link was used; null or left out: none. */
  next?: string | null;
}

/**
 * A token to issue. `email`: the address whose reader gets the token; null: an operator hands the token over.
 * `loggedInAt`: login time, in milliseconds since 1970, of the session that “This wasn’t me” (`not_me`) reports.
 */
export type NewToken =
  | AskedToken
  | { purpose: "recover_account" | "change_email" | "undo_email_change" | "unlock"; userId: string; email: string }
  | { purpose: "reset_password"; userId: string; email: null }
  | { purpose: "not_me"; userId: string; loggedInAt: number };

/** Names of the limits that define the lifetimes of tokens. A purpose that is missing here uses `mailedToken`. */
const LIFETIMES: { [Purpose in TokenPurpose]?: keyof LinkLimits } = {
  undo_email_change: "undoEmailChange",
  unlock: "unlockLink",
};

/**
 * Issues the token of a mailed link in the transaction of `ctx.em`, which is required. The caller has verified that the
 * request comes from the account's owner or from the reader of the account's mailbox. Ends older tokens of the same
 * purpose (R60), except those that belong to another event. Concurrent calls run one after the other.
 *
 * @example
 * const token = await issueToken(ctx, { purpose: "change_email", userId, email });
 * await enqueueMail(ctx, { …, button: { label, path: `/verify-email#token=${token}` } });
 */
export async function issueToken(ctx: TokenContext, given: NewToken): Promise<string> {
  const { em, clock } = ctx;
  const { purpose, userId } = given;
  await lockUser(em, userId);
  if (purpose === "unlock") {
    await makeRoomForAnother(ctx, userId);
    return insertToken(ctx, given);
  }
  // Each link that undoes something belongs to one event, and only links of the same event end. Otherwise an intruder
  // could end the owner's link by repeating the change.
  const { emailKey, loggedInAt } = subjectOf(given);
  const same = purpose === "undo_email_change" || purpose === "not_me" ? { emailKey, loggedInAt } : {};
  await em.nativeUpdate(
    MailedTokenEntity,
    { user: userId, purpose, endedAt: null, ...same },
    { endedAt: new Date(clock.now()) },
  );
  return insertToken(ctx, given);
}

/**
 * Issues the token of a link that anybody can request. Ends no older token: otherwise a stranger's request would end
 * the owner's link. Null: the account has the maximum number of live tokens of this purpose (R60).
 */
export async function issueAskedToken(ctx: TokenContext, given: AskedToken): Promise<string | null> {
  const { em, clock, limits } = ctx;
  const { purpose, userId } = given;
  await lockUser(em, userId);
  const isLive = { endedAt: null, expiresAt: { $gt: new Date(clock.now()) } };
  const live = await em.count(MailedTokenEntity, { user: userId, purpose, ...isLive });
  return live >= limits.liveLinks ? null : insertToken(ctx, given);
}

/**
 * Ends the oldest live unlock tokens if a new one would exceed `limits.liveLinks`. The others stay valid, because each
 * of the lockout mails about passwords, logins and codes contains its own token.
 */
async function makeRoomForAnother({ em, clock, limits }: TokenContext, userId: string): Promise<void> {
  const now = new Date(clock.now());
  const isLive = { user: userId, purpose: "unlock", endedAt: null, expiresAt: { $gt: now } } as const;
  const live = await em.find(MailedTokenEntity, isLive, { fields: ["id"], orderBy: { id: "desc" } });
  const tooMany = live.slice(limits.liveLinks - 1).map(({ id }) => id);
  if (tooMany.length > 0) await em.nativeUpdate(MailedTokenEntity, { id: { $in: tooMany } }, { endedAt: now });
}

async function insertToken({ em, clock, limits }: TokenContext, given: NewToken): Promise<string> {
  const { purpose, userId } = given;
  const now = clock.now();
  const lifetime = limits[LIFETIMES[purpose] ?? "mailedToken"];
  const token = newToken();
  await em.insert(MailedTokenEntity, {
    id: uuid(),
    hash: hashOfToken(token),
    purpose,
    user: userId,
    ...subjectOf(given),
    next: ("next" in given ? given.next : null) ?? null,
    createdAt: new Date(now),
    expiresAt: new Date(now + lifetime),
    endedAt: null,
  });
  return token;
}

function subjectOf(given: NewToken) {
  const email = "email" in given ? given.email : null;
  return {
    email,
    emailKey: email === null ? null : emailKeyOf(email),
    loggedInAt: "loggedInAt" in given ? given.loggedInAt : null,
  };
}
