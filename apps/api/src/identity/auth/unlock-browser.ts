import type { Limits } from "../../config/limits.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import { consumeToken } from "../tokens/consume-token.ts";
import type { MailedTokenRow } from "../tokens/mailed-token.entity.ts";
import type { Grant } from "./known-browser-cookie.ts";

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
    const used = await consumeToken(transaction, { clock }, { token, purposes: ["unlock"] });
    if (used.kind === "refused") return used;
    const { user, token: row } = used;
    const revoked = user.knownBrowsersFrom;
    const grant = grantBy(row, { clock, limits }, { accountId: user.id, revoked, triesFor: "passwords-and-codes" });
    return { kind: "allowed", grant };
  });
}

/** The tries that a mailed link allows the browser in which it was used. */
export function grantBy(
  { id }: Pick<MailedTokenRow, "id">,
  { clock, limits }: Pick<Parts, "clock" | "limits">,
  given: Pick<Grant, "accountId" | "revoked" | "triesFor">,
): Grant {
  return { ...given, id, endsAt: clock.now() + limits.triesByLink.windowMs };
}
