import type { Limits } from "../../config/limits.ts";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import { consumeToken } from "../tokens/consume-token.ts";
import type { MailedTokenRow } from "../tokens/mailed-token.entity.ts";
import type { Grant } from "./known-browser-cookie.ts";

interface GrantContext {
  clock: Clock;
  limits: Pick<Limits, "triesByLink">;
}

export type UnlockOutcome = { kind: "allowed"; grant: Grant } | { kind: "refused"; userId: string | null };

/**
 * Grants the browser in which a mailed link was followed some tries of its own, which strangers can't use up (R56). The
 * tries end after a time, after a number of attempts, or when the account's browsers are revoked. The link proves no
 * identity: password and code are still required.
 */
export function unlockBrowser(ctx: Pick<Context, "em"> & GrantContext, token: string): Promise<UnlockOutcome> {
  return inTransaction(ctx, async (ctx) => {
    const consumed = await consumeToken(ctx, { token, purposes: ["unlock"] });
    if (consumed.kind === "refused") return consumed;
    const { user } = consumed;
    const given = { accountId: user.id, revoked: user.knownBrowsersFrom, triesFor: "passwords-and-codes" } as const;
    return { kind: "allowed", grant: grantFor(ctx, consumed.token, given) };
  });
}

/** Makes the tries that a mailed link grants to the browser in which the link was followed. */
export function grantFor(
  { clock, limits }: GrantContext,
  { id }: Pick<MailedTokenRow, "id">,
  given: Pick<Grant, "accountId" | "revoked" | "triesFor">,
): Grant {
  return { ...given, id, endsAt: clock.now() + limits.triesByLink.windowMs };
}
