import type { PasskeyAssertion } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import type { Context } from "../../platform/http/context.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import { limited } from "../../platform/rate-limit/limited.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import { type AccountForLogin, findAccountById } from "../users/queries.ts";
import { consumeChallenge } from "./consume-challenge.ts";
import { findPasskeyByCredential, type PasskeyRow } from "./queries.ts";
import type { RelyingParty, RightAssertion } from "./relying-party.ts";

export type PasskeyProof =
  | { kind: "proven"; account: AccountForLogin }
  | { kind: "refused"; userId: string | null }
  | { kind: "too_many"; retryAfterMs: number };

export type PasskeyContext = Context & { limits: Limits; rateLimiter: RateLimiter; relyingParty: RelyingParty };

interface Claim {
  assertion: PasskeyAssertion;
  /** The only user whose passkey is accepted; null: any user's passkey is accepted. */
  onlyFor: string | null;
  /**
   * Runs after the passkey was checked: calls `consume`, which uses up the challenge of this answer, and returns its
   * result.
   */
  aroundConsume?: (account: AccountForLogin, consume: Consume) => Promise<true | null>;
}

type Consume = () => Promise<true | null>;

/**
 * Verifies a passkey of an account that may log in, and consumes the challenge. Every failure gets the same refusal.
 * Failures are limited per client address, not because keys could be guessed, but because each check costs computing
 * time.
 */
export function verifyPasskey(ctx: PasskeyContext, claim: Claim): Promise<PasskeyProof> {
  const key = `passkeys:${hashKey(ctx.client.ipKey)}`;
  return limited(ctx, [{ key, limit: ctx.limits.wrongPasskeysOfAddress }], () => verify(ctx, claim), {
    isCounted: ({ kind }) => kind === "refused",
  });
}

async function verify(
  ctx: PasskeyContext,
  { assertion, onlyFor, aroundConsume = consumeAtOnce }: Claim,
): Promise<Exclude<PasskeyProof, { kind: "too_many" }>> {
  const passkey = await findPasskeyByCredential(ctx.em, assertion.id);
  if (!passkey) return { kind: "refused", userId: null };
  const refused = { kind: "refused", userId: passkey.userId } as const;
  if (onlyFor !== null && passkey.userId !== onlyFor) return refused;
  const right = await ctx.relyingParty.checkAssertion(assertion, passkey);
  if (right === null) return refused;
  const account = await findAccountById(ctx.em, passkey.userId);
  if (!account || account.isDisabled) return refused;
  // Writes only after the check, so that a client without a passkey can't write rows.
  const isConsumed = await aroundConsume(account, () => consumePasskey(ctx, passkey, right));
  return isConsumed ? { kind: "proven", account } : refused;
}

function consumeAtOnce(_: AccountForLogin, consume: Consume): Promise<true | null> {
  return consume();
}

/**
 * Consumes the challenge and updates the passkey. Null: the challenge was used before, or `updatePasskey` has failed.
 */
async function consumePasskey(ctx: PasskeyContext, passkey: PasskeyRow, right: RightAssertion): Promise<true | null> {
  if (!(await consumeChallenge(ctx, right.challenge))) return null;
  return (await updatePasskey(ctx, passkey, right)) || null;
}

/**
 * Stores the new counter. False: another request removed the passkey, or the counter has not grown, which suggests that
 * a copy of the passkey exists (WebAuthn, 7.2, step 22).
 */
async function updatePasskey(
  { em, clock, log }: PasskeyContext,
  { id, userId }: PasskeyRow,
  { counter, isSynced }: RightAssertion,
): Promise<boolean> {
  const sql = `update passkeys set counter = ?, last_used_at = ?, is_synced = ?
    where id = ? and (counter < ? or (counter = 0 and counter = ?)) returning id`;
  const values = [counter, new Date(clock.now()), isSynced, id, counter, counter];
  if ((await em.execute<unknown[]>(sql, values)).length > 0) return true;
  log.warn(
    { event: "passkey_counter_backwards", userId },
    "a passkey's counter has not grown: it may have been copied",
  );
  return false;
}
