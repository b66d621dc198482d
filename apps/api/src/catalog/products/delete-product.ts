import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { ProductEntity } from "./product.entity.ts";
import type { ProductInFull } from "./queries.ts";

/**
 * Deletes a product. One that was ever ordered is archived instead: its buyers keep what they bought, and who has not
 * paid yet still gets it.
 */
export function deleteProduct(ctx: Pick<Context, "em">, product: Owned<ProductInFull>): Promise<void> {
  return inTransaction(ctx, async ({ em }) => {
    if ((await em.nativeDelete(ProductEntity, { id: product.id, soldAt: null })) > 0) return;
    await em.execute(
      "update products set status = 'archived', withdrawn_at = null, version = version + 1 where id = ?",
      [product.id],
    );
  });
}
