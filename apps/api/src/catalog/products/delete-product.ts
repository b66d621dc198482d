import { LockMode } from "@mikro-orm/core";
import type { EntityManager } from "../../platform/db/database.ts";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { ProductEntity } from "./product.entity.ts";
import type { ProductInFull } from "./queries.ts";

/** True if a product has an order that can still be paid. Given by the sales, which know the orders. */
export type AwaitingPayment = (
  em: EntityManager,
  { productId, now }: { productId: string; now: Date },
) => Promise<boolean>;

/**
 * Deletes a product. One that was sold is archived instead, so that its buyers keep what they bought, and so is one with
 * an order that can still be paid. The lock makes a checkout at the same time wait, or this wait for the checkout.
 */
export function deleteProduct(
  ctx: Pick<Context, "em" | "clock"> & { isAwaitingPayment: AwaitingPayment },
  { id }: Owned<ProductInFull>,
): Promise<void> {
  return inTransaction(ctx, async ({ em, clock, isAwaitingPayment }) => {
    const product = await em.findOne(ProductEntity, id, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
    if (product === null) return;
    if (product.soldAt || (await isAwaitingPayment(em, { productId: id, now: new Date(clock.now()) })))
      await em.execute(
        "update products set status = 'archived', withdrawn_at = null, version = version + 1 where id = ?",
        [id],
      );
    else await em.nativeDelete(ProductEntity, { id });
  });
}
