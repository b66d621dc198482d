import type { Context } from "../../platform/http/context.ts";
import { MailedTokenEntity, type TokenPurpose } from "./mailed-token.entity.ts";

/** Ends a user's live links of these purposes. False: there were none. */
export async function revokeTokens(
  { em, clock }: Pick<Context, "em" | "clock">,
  { userId, purposes }: { userId: string; purposes: readonly TokenPurpose[] },
): Promise<boolean> {
  const pending = { user: userId, purpose: { $in: [...purposes] }, endedAt: null };
  return (await em.nativeUpdate(MailedTokenEntity, pending, { endedAt: new Date(clock.now()) })) > 0;
}
