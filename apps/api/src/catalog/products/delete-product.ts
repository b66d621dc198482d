import type { EntityManager } from "../../platform/db/database.ts";
import { ProductEntity } from "./product.entity.ts";
import type { ProductInFull } from "./queries.ts";

/** Deletes a product. `product` is what the owner check found. */
export async function deleteProduct(em: EntityManager, product: ProductInFull): Promise<void> {
  await em.nativeDelete(ProductEntity, { id: product.id });
}
