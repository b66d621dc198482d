import type { EntityManager } from "../../db/database.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Limits } from "../../limits.ts";
import type { Grant } from "../accounts/device-cookie.ts";
import { useToken } from "./use-token.ts";

interface Parts {
  em: EntityManager;
  clock: Clock;
  limits: Pick<Limits, "triesByLink">;
}

export type UnlockOutcome = { kind: "allowed"; grant: Grant } | { kind: "refused"; userId: string | null };

/**
 * Allows the browser in which a mailed link was followed some tries of its own, however many strangers have used up
 * (R56). They end by the clock, with their number, or when the account's browsers are revoked. It proves nothing: the
 * password and the code are asked for as ever.
 */
export function unlockBrowser({ em, clock, limits }: Parts, token: string): Promise<UnlockOutcome> {
  return em.fork().transactional(async (transaction) => {
    const used = await useToken(transaction, { clock }, { token, purposes: ["unlock"] });
    if (used.kind === "refused") return used;
    const { user, token: row } = used;
    const endsAt = clock.now() + limits.triesByLink.windowMs;
    return { kind: "allowed", grant: { accountId: user.id, id: row.id, endsAt, revoked: user.knownBrowsersFrom } };
  });
}
