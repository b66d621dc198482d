import { hash } from "node:crypto";
import type { Context } from "../../platform/http/context.ts";
import { lockUser } from "../users/lock-user.ts";
import type { UserRow } from "../users/user.entity.ts";
import { MailedTokenEntity, type MailedTokenRow, type TokenPurpose } from "./mailed-token.entity.ts";

/** The token that a request sends, and the purposes that the request accepts. */
export interface TokenClaim {
  token: string;
  purposes: readonly TokenPurpose[];
}

/** `userId`: the owner of the refused token, for the log; null: no such token is stored. */
export type TokenOutcome =
  | { kind: "good"; token: MailedTokenRow; user: UserRow }
  | { kind: "refused"; userId: string | null };

/**
 * Purposes for which several tokens may be valid at once, one per event (for example one per change of email). Using
 * one token does not end the others.
 */
const OF_ONE_EVENT: ReadonlySet<TokenPurpose> = new Set<TokenPurpose>(["undo_email_change", "not_me", "unlock"]);

export function hashOfToken(token: string): string {
  return hash("sha256", token, "base64url");
}

/**
 * Consumes a token in the transaction of `ctx.em`. The transaction is required, so that the token is consumed only if
 * the action that it allows is committed. Of concurrent uses only one succeeds. Ends the other tokens of the same
 * purpose (R60), except for a purpose in `OF_ONE_EVENT`. Holds the lock on the user's row until the end of the
 * transaction.
 */
export async function consumeToken(
  { em, clock }: Pick<Context, "em" | "clock">,
  claim: TokenClaim,
): Promise<TokenOutcome> {
  const token = await em.findOne(MailedTokenEntity, { hash: hashOfToken(claim.token) });
  if (token === null) return { kind: "refused", userId: null };
  const refused = { kind: "refused", userId: token.user.id } as const;
  if (!claim.purposes.includes(token.purpose)) return refused;

  // Locks the user's row before the token's row, as `issueToken` does: the opposite order could deadlock.
  const user = await lockUser(em, token.user.id);
  if (!user || user.disabledAt) return refused;
  const now = new Date(clock.now());
  const used = await em.nativeUpdate(
    MailedTokenEntity,
    { id: token.id, endedAt: null, expiresAt: { $gt: now } },
    { endedAt: now },
  );
  if (used !== 1) return refused;
  if (!OF_ONE_EVENT.has(token.purpose)) {
    const others = { user: user.id, purpose: token.purpose, endedAt: null };
    await em.nativeUpdate(MailedTokenEntity, others, { endedAt: now });
  }
  return { kind: "good", token, user };
}

/**
 * Checks a token without consuming it, to refuse a request early. Needs no transaction, so the token may end right
 * after the check.
 */
export async function peekToken(
  { em, clock }: Pick<Context, "em" | "clock">,
  claim: TokenClaim,
): Promise<TokenOutcome> {
  const token = await em.findOne(MailedTokenEntity, { hash: hashOfToken(claim.token) }, { populate: ["user"] });
  if (token === null) return { kind: "refused", userId: null };
  const { user } = token;
  const isGood =
    claim.purposes.includes(token.purpose) &&
    !token.endedAt &&
    token.expiresAt.getTime() > clock.now() &&
    !user.disabledAt;
  return isGood ? { kind: "good", token, user } : { kind: "refused", userId: user.id };
}
