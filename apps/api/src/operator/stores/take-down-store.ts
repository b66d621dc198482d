import { republishProducts, unpublishProducts } from "../../catalog/products/unpublish-products.ts";
import { lockUser } from "../../identity/users/lock-user.ts";
import type { UserRow } from "../../identity/users/user.entity.ts";
import { inTransaction } from "../../platform/http/context.ts";
import { findStoreOfOperator, type StoreOfOperator } from "./queries.ts";
import { type TakeDownContext, tellOwner } from "./tell-owner.ts";

/**
 * Takes a store and its products out of public sight until `putBackStore`, and tells its owner the reason. A repeated
 * call with the same reason does nothing; another reason replaces the former one. Null: there is no such store.
 */
export function takeDownStore(
  ctx: TakeDownContext,
  { handle, reason }: { handle: string; reason: string },
): Promise<StoreOfOperator | null> {
  return withStore(ctx, handle, async (ctx, owner, { id, name, takenDownReason }) => {
    if (takenDownReason === reason) return;
    const { em, clock } = ctx;
    const now = new Date(clock.now());
    await em.execute("update stores set taken_down_at = ?, taken_down_reason = ? where id = ?", [now, reason, id]);
    await unpublishProducts(em, { ownerId: owner.id }, now);
    await tellOwner(ctx, { owner, kind: "store_taken_down", name, reason });
  });
}

/** Undoes `takeDownStore`. Does nothing to a store that is not taken down. Null: there is no such store. */
export function putBackStore(ctx: TakeDownContext, handle: string): Promise<StoreOfOperator | null> {
  return withStore(ctx, handle, async (ctx, owner, { id, name, takenDownReason }) => {
    if (takenDownReason === null) return;
    await ctx.em.execute("update stores set taken_down_at = null, taken_down_reason = null where id = ?", [id]);
    await republishProducts(ctx.em, owner.id);
    await tellOwner(ctx, { owner, kind: "store_put_back", name, reason: null });
  });
}

/** Runs `work` in a transaction that locks the owner's row, and returns the store after it. */
async function withStore(
  ctx: TakeDownContext,
  handle: string,
  work: (ctx: TakeDownContext, owner: UserRow, store: StoreOfOperator) => Promise<void>,
): Promise<StoreOfOperator | null> {
  const known = await findStoreOfOperator(ctx.em, handle);
  if (!known) return null;
  return inTransaction(ctx, async (ctx) => {
    const owner = await lockUser(ctx.em, known.ownerId);
    const store = await findStoreOfOperator(ctx.em, handle);
    // Deleted in the meantime.
    if (!owner || store?.id !== known.id) return null;
    await work(ctx, owner, store);
    return findStoreOfOperator(ctx.em, handle);
  });
}
