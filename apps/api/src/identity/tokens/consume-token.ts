import { hash } from "node:crypto";
import type { Context } from "../../platform/http/context.ts";
import { lockUser } from "../users/lock-user.ts";
import type { UserRow } from "../users/user.entity.ts";
import { MailedTokenEntity, type MailedTokenRow, type TokenPurpose } from "./mailed-token.entity.ts";

/** The token of a request, and the purposes that it may have. */
export interface TokenClaim {
  token: string;
  purposes: readonly TokenPurpose[];
}

/** `userId`: the former owner of the token, for the log; null for one that was never issued. */
export type TokenOutcome =
  | { kind: "good"; token: MailedTokenRow; user: UserRow }
  | { kind: "refused"; userId: string | null };

/** Purposes with a separate event per token: using one does not end the others. */
const OF_ONE_EVENT: ReadonlySet<TokenPurpose> = new Set<TokenPurpose>(["undo_email_change", "not_me", "unlock"]);

export function hashOfToken(token: string): string {
  return hash("sha256", token, "base64url");
}

/**
 * Consumes a token in the transaction of `ctx.em`, which is required: the action that the token allows commits with it,
 * or the token stays good. Of concurrent uses one succeeds, and it ends the other tokens of its purpose (R60). Holds
 * the lock on the user's row until the end of the transaction.
 */
export async function consumeToken(
  { em, clock }: Pick<Context, "em" | "clock">,
  claim: TokenClaim,
): Promise<TokenOutcome> {
  const token = await em.findOne(MailedTokenEntity, { hash: hashOfToken(claim.token) });
  if (token === null) return { kind: "refused", userId: null };
  const refused = { kind: "refused", userId: token.user.id } as const;
  if (!claim.purposes.includes(token.purpose)) return refused;

  // Locks the user before the token, as `issueToken` does: another order could deadlock.
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

/** Checks a token without consuming it, to refuse early. Needs no transaction, and guarantees nothing. */
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
