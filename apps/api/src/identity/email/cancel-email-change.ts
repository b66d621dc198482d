import { inTransaction } from "../../platform/http/context.ts";
import { type ActivityContext, recordActivity } from "../activity/record-activity.ts";
import { revokeTokens } from "../tokens/revoke-tokens.ts";

/** Cancels a requested change of address that is not confirmed yet. */
export function cancelEmailChange(ctx: ActivityContext, userId: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    if (!(await revokeTokens(ctx, { userId, purposes: ["change_email"] }))) return;
    await recordActivity(ctx, { kind: "authn_email_change_undone", userId });
  });
}
