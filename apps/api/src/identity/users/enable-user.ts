import { type Context, inTransaction } from "../../platform/http/context.ts";
import { lockUser } from "./lock-user.ts";

/** Lets a disabled user log in again. False: no such user. */
export function enableUser(ctx: Pick<Context, "em" | "clock">, userId: string): Promise<boolean> {
  return inTransaction(ctx, async ({ em, clock }) => {
    const row = await lockUser(em, userId);
    if (!row) return false;
    em.assign(row, { disabledAt: null, updatedAt: new Date(clock.now()) });
    return true;
  });
}
