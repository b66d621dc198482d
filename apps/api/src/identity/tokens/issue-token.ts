import { randomBytes } from "node:crypto";
import { v7 as uuid } from "uuid";
import type { Limits } from "../../config/limits.ts";
import type { Context } from "../../platform/http/context.ts";
import { lockUser } from "../users/lock-user.ts";
import { emailKeyOf } from "../users/user.entity.ts";
import { hashOfToken } from "./consume-token.ts";
import { MailedTokenEntity, type TokenPurpose } from "./mailed-token.entity.ts";

export type LinkLimits = Pick<Limits, "mailedToken" | "undoEmailChange" | "unlockLink" | "liveLinks">;

export type TokenContext = Pick<Context, "em" | "clock"> & { limits: LinkLimits };

/** A token is about the address that it is mailed to, or is to be the account's. */
interface AskedToken {
  purpose: "reset_password" | "verify_email";
  userId: string;
  email: string;
  /** The page to come back to. */
  next?: string | null;
}

/** A link that an operator hands over is about no address. “This wasn’t me” is about a session, named by when it began. */
export type NewToken =
  | AskedToken
  | { purpose: "recover_account" | "change_email" | "undo_email_change" | "unlock"; userId: string; email: string }
  | { purpose: "reset_password"; userId: string; email: null }
  | { purpose: "not_me"; userId: string; loggedInAt: number };

const TOKEN_BYTES = 32;

/** Of the others it is `mailedToken`. */
const LIFETIMES: { [Purpose in TokenPurpose]?: keyof LinkLimits } = {
  undo_email_change: "undoEmailChange",
  unlock: "unlockLink",
};

/**
 * Makes the token of a mailed link, in the transaction of `ctx.em`, which has to be one. The caller has proven that it
 * acts for the owner of the account, or for the reader of its mail. Older tokens of its purpose end (R60); of two issued
 * at once, one comes after the other.
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
  // Links to undo something are each about another event. If a newer one ended an older one, whoever has taken over an
  // account could end the owner's link by doing the same again.
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
 * The same for a link that anybody can ask for. It ends none: otherwise a stranger who asks would end the owner's. Null:
 * as many as may be are good already (R60).
 */
export async function issueAskedToken(ctx: TokenContext, given: AskedToken): Promise<string | null> {
  const { em, clock, limits } = ctx;
  const { purpose, userId } = given;
  await lockUser(em, userId);
  const isLive = { endedAt: null, expiresAt: { $gt: new Date(clock.now()) } };
  const live = await em.count(MailedTokenEntity, { user: userId, purpose, ...isLive });
  return live >= limits.liveLinks ? null : insertToken(ctx, given);
}

/** The mails about passwords, log-ins and codes bring one each: none ends another until there are too many. */
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
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
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
