import { type Context, inTransaction } from "../../platform/http/context.ts";
import { type ActivityContext, recordActivity } from "../activity/record-activity.ts";
import { consumeToken } from "../tokens/consume-token.ts";

export type VerificationOutcome = { kind: "verified"; email: string } | { kind: "refused"; userId: string | null };

/** Marks an address as verified by the link that was mailed to it. */
export function verifyEmail(
  ctx: Pick<Context, "em" | "clock"> & ActivityContext,
  token: string,
): Promise<VerificationOutcome> {
  return inTransaction(ctx, async (ctx) => {
    const { em, clock } = ctx;
    const consumed = await consumeToken(ctx, { token, purposes: ["verify_email"] });
    if (consumed.kind === "refused") return consumed;
    const { user } = consumed;
    // A change of address ends this link, so a valid link is always about the current address.
    if (!user.emailVerifiedAt) {
      const now = new Date(clock.now());
      em.assign(user, { emailVerifiedAt: now, updatedAt: now });
      await em.flush();
      await recordActivity(ctx, { kind: "authn_email_verified", userId: user.id });
    }
    return { kind: "verified", email: user.email };
  });
}
