import { republishProducts, unpublishProducts } from "../../catalog/products/unpublish-products.ts";
import { lockUser } from "../../identity/users/lock-user.ts";
import type { UserRow } from "../../identity/users/user.entity.ts";
import { inTransaction } from "../../platform/http/context.ts";
import { findProductOfOperator, type ProductOfOperator } from "./queries.ts";
import { type TakeDownContext, tellOwner } from "./tell-owner.ts";

/**
 * Takes a product out of public sight until `putBackProduct`, and tells its owner the reason. A repeated call with the
 * same reason does nothing; another reason replaces the former one. Null: there is no such product.
 */
export function takeDownProduct(
  ctx: TakeDownContext,
  { slug, reason }: { slug: string; reason: string },
): Promise<ProductOfOperator | null> {
  return withProduct(ctx, slug, async (ctx, owner, { id, name, takenDownReason }) => {
    if (takenDownReason === reason) return;
    const { em, clock } = ctx;
    const now = new Date(clock.now());
    await unpublishProducts(em, { ownerId: owner.id, productId: id }, now);
    await em.execute(
      "update products set taken_down_at = ?, taken_down_reason = ?, version = version + 1 where id = ?",
      [now, reason, id],
    );
    await tellOwner(ctx, { owner, kind: "product_taken_down", name, reason });
  });
}

/** Undoes `takeDownProduct`. Does nothing to a product that is not taken down. Null: there is no such product. */
export function putBackProduct(ctx: TakeDownContext, slug: string): Promise<ProductOfOperator | null> {
  return withProduct(ctx, slug, async (ctx, owner, { id, name, takenDownReason }) => {
    if (takenDownReason === null) return;
    const sql =
      "update products set taken_down_at = null, taken_down_reason = null, version = version + 1 where id = ?";
    await ctx.em.execute(sql, [id]);
    await republishProducts(ctx.em, owner.id);
    await tellOwner(ctx, { owner, kind: "product_put_back", name, reason: null });
  });
}

/** Runs `work` in a transaction that locks the owner's row, and returns the product after it. */
async function withProduct(
  ctx: TakeDownContext,
  slug: string,
  work: (ctx: TakeDownContext, owner: UserRow, product: ProductOfOperator) => Promise<void>,
): Promise<ProductOfOperator | null> {
  const known = await findProductOfOperator(ctx.em, slug);
  if (!known) return null;
  return inTransaction(ctx, async (ctx) => {
    const owner = await lockUser(ctx.em, known.ownerId);
    const product = await findProductOfOperator(ctx.em, slug);
    // Deleted in the meantime.
    if (!owner || product?.id !== known.id) return null;
    await work(ctx, owner, product);
    return findProductOfOperator(ctx.em, slug);
  });
}
