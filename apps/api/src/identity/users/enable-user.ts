import { type Context, inTransaction } from "../../platform/http/context.ts";
import { lockUser } from "./lock-user.ts";

/**
 * Lets a disabled user log in again. False: no such user. `onChange` runs in the transaction, only if the user was
 * disabled before.
 */
export function enableUser<C extends Pick<Context, "em" | "clock">>(
  ctx: C,
  userId: string,
  onChange?: (ctx: C) => Promise<void>,
): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    const { em, clock } = ctx;
    const row = await lockUser(em, userId);
    if (!row) return false;
    if (!row.disabledAt) return true;
    em.assign(row, { disabledAt: null, updatedAt: new Date(clock.now()) });
    await onChange?.(ctx);
    return true;
  });
}
