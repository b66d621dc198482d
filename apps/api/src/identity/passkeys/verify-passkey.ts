import type { PasskeyAssertion } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import type { Logger } from "../../platform/lib/logger.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import { type AccountForLogin, type AccountUser, findAccountById } from "../users/queries.ts";
import { consumeChallenge } from "./consume-challenge.ts";
import { findPasskeyByCredential, type PasskeyRow } from "./queries.ts";
import type { RelyingParty, RightAssertion } from "./relying-party.ts";

export type PasskeyProof =
  | { kind: "proven"; account: AccountForLogin }
  | { kind: "refused"; userId: string | null }
  | { kind: "too_many"; retryAfterMs: number };

export interface ProofParts {
  em: EntityManager;
  clock: Clock;
  limits: Limits;
  rateLimiter: RateLimiter;
  relyingParty: RelyingParty;
  log: Logger;
}

interface Claim {
  assertion: PasskeyAssertion;
  ipKey: string;
  /** Whose passkey it has to be; null for whoever's it is. */
  onlyFor: string | null;
  /** What has to be done between the look at it and its use; it calls `spend`, and gives what that gave. */
  beforeUse?: (user: AccountUser, spend: () => Promise<true | null>) => Promise<true | null>;
}

/**
 * Looks whether somebody holds a passkey of an account that may log in, and uses its challenge up. One refusal for all
 * that can be wrong. Wrong ones are counted for an address: nobody guesses a key, but each costs some arithmetic.
 */
export async function verifyPasskey(parts: ProofParts, claim: Claim): Promise<PasskeyProof> {
  const { limits, rateLimiter } = parts;
  const limitKeys = [{ key: `passkeys:${hashKey(claim.ipKey)}`, limit: limits.wrongPasskeysOfAddress }];
  const verdict = await rateLimiter.consume(limitKeys);
  if (!verdict.isAllowed) return { kind: "too_many", retryAfterMs: verdict.retryAfterMs };
  const proof = await look(parts, claim).catch(async (error) => {
    await rateLimiter.refund(limitKeys);
    throw error;
  });
  if (proof.kind === "proven") await rateLimiter.refund(limitKeys);
  return proof;
}

async function look(parts: ProofParts, { assertion, onlyFor, beforeUse = useAtOnce }: Claim): Promise<PasskeyProof> {
  const { em, relyingParty } = parts;
  const passkey = await findPasskeyByCredential(em, assertion.id);
  if (!passkey) return { kind: "refused", userId: null };
  const refused = { kind: "refused", userId: passkey.userId } as const;
  if (onlyFor !== null && passkey.userId !== onlyFor) return refused;
  const right = await relyingParty.checkAssertion(assertion, passkey);
  if (right === null) return refused;
  const account = await findAccountById(em, passkey.userId);
  if (!account || account.isDisabled) return refused;
  // Not before: whoever has no passkey must not be able to write rows.
  const isUsed = await beforeUse(account.user, () => use(parts, passkey, right));
  return isUsed ? { kind: "proven", account } : refused;
}

function useAtOnce(_: AccountUser, spend: () => Promise<true | null>): Promise<true | null> {
  return spend();
}

/** Null: the answer was used before, or the passkey is not what it was when it was looked at. */
async function use(parts: ProofParts, passkey: PasskeyRow, right: RightAssertion): Promise<true | null> {
  if (!(await consumeChallenge(parts, right.challenge))) return null;
  return (await noteUse(parts, passkey, right)) || null;
}

/** False: it was removed meanwhile, or its counter has not grown, so that there may be a copy (WebAuthn, 7.2, step 22). */
async function noteUse(
  { em, clock, log }: ProofParts,
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
