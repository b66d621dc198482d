import { hash } from "node:crypto";
import type { Context } from "../../platform/http/context.ts";
import { lockUser } from "../users/lock-user.ts";
import type { UserRow } from "../users/user.entity.ts";
import { MailedTokenEntity, type MailedTokenRow, type TokenPurpose } from "./mailed-token.entity.ts";

/** A token that a request brings, and the purposes of which it has to have one. */
export interface TokenClaim {
  token: string;
  purposes: readonly TokenPurpose[];
}

/** `userId`: the former owner of the token, for the log; null for one that was never issued. */
export type TokenOutcome =
  | { kind: "good"; token: MailedTokenRow; user: UserRow }
  | { kind: "refused"; userId: string | null };

/** Purposes of which each token is about an event of its own: to use one ends no other. */
const OF_ONE_EVENT: ReadonlySet<TokenPurpose> = new Set<TokenPurpose>(["undo_email_change", "not_me", "unlock"]);

export function hashOfToken(token: string): string {
  return hash("sha256", token, "base64url");
}

/**
 * Consumes a token, in the transaction of `ctx.em`, which has to be one: the deed that the token allows is done there
 * and then, or the token stays good. Of many at once one finds it good, and it ends the others of its purpose (R60).
 * Holds the user's row until the end of the transaction.
 */
export async function consumeToken(
  { em, clock }: Pick<Context, "em" | "clock">,
  claim: TokenClaim,
): Promise<TokenOutcome> {
  const token = await em.findOne(MailedTokenEntity, { hash: hashOfToken(claim.token) });
  if (token === null) return { kind: "refused", userId: null };
  const refused = { kind: "refused", userId: token.user.id } as const;
  if (!claim.purposes.includes(token.purpose)) return refused;

  // The user before the token, here as in `issueToken`: in another order two could wait for each other.
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

/** Looks at a token without consuming it, to see early that it is no good. Needs no transaction, and promises nothing. */
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
