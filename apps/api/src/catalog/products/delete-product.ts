import type { Context } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { ProductEntity } from "./product.entity.ts";
import type { ProductInFull } from "./queries.ts";

export async function deleteProduct({ em }: Pick<Context, "em">, product: Owned<ProductInFull>): Promise<void> {
  await em.nativeDelete(ProductEntity, { id: product.id });
}
