import { randomBytes } from "node:crypto";
import { v7 as uuid } from "uuid";
import type { EntityManager } from "../../db/database.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Limits } from "../../limits.ts";
import { lockUser } from "../accounts/lock-user.ts";
import { emailKeyOf } from "../accounts/user.entity.ts";
import { MailedTokenEntity, type TokenPurpose } from "./mailed-token.entity.ts";
import { hashOfToken } from "./use-token.ts";

interface Parts {
  clock: Clock;
  limits: Pick<Limits, "mailedToken">;
}

/**
 * A token is about the address that it is mailed to, or is to be the account's; a link that an operator hands over is
 * about none. “This wasn’t me” is about a session, named by when it began.
 */
export type NewToken =
  | { purpose: Exclude<TokenPurpose, "not_me" | "reset_password">; userId: string; email: string }
  | { purpose: "reset_password"; userId: string; email: string | null }
  | { purpose: "not_me"; userId: string; loggedInAt: number };

const TOKEN_BYTES = 32;

/**
 * Makes the token of a link that is about to be mailed, in the transaction of `em`, which has to be one. The newest
 * ends the older ones of its purpose (R60); of two issued at once, one comes after the other.
 *
 * @example
 * const token = await issueToken(transaction, { clock, limits }, { purpose: "reset_password", userId, email });
 * await enqueueMail(transaction, mailParts, { …, button: { label, path: `/reset-password#token=${token}` } });
 */
export async function issueToken(em: EntityManager, { clock, limits }: Parts, given: NewToken): Promise<string> {
  const { purpose, userId } = given;
  const email = "email" in given ? given.email : null;
  const emailKey = email === null ? null : emailKeyOf(email);
  const loggedInAt = "loggedInAt" in given ? given.loggedInAt : null;
  const now = clock.now();
  await lockUser(em, userId);

  // Links to undo something are each about another event. If a newer one ended an older one, whoever has taken over an
  // account could end the owner's link by doing the same again.
  const same = purpose === "undo_email_change" || purpose === "not_me" ? { emailKey, loggedInAt } : {};
  await em.nativeUpdate(
    MailedTokenEntity,
    { user: userId, purpose, endedAt: null, ...same },
    { endedAt: new Date(now) },
  );

  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  await em.insert(MailedTokenEntity, {
    id: uuid(),
    hash: hashOfToken(token),
    purpose,
    user: userId,
    email,
    emailKey,
    loggedInAt,
    createdAt: new Date(now),
    expiresAt: new Date(now + limits.mailedToken),
    endedAt: null,
  });
  return token;
}
