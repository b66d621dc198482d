import type { Content } from "@yumroad/contract";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { hasSameIds } from "../products/has-same-ids.ts";
import { lockProduct } from "../products/lock-product.ts";
import { ContentEntity } from "./content.entity.ts";
import { contentsOf } from "./queries.ts";

interface ReorderInput {
  product: Owned<{ id: string }>;
  /** The ids of all contents of the product. */
  ids: readonly string[];
}

/**
 * Puts the contents of a product into the order of `ids`, and returns them. Null: another request has added or removed a
 * content, so `ids` are not those of all contents.
 */
export function reorderContents(
  ctx: Pick<Context, "em" | "clock">,
  { product, ids }: ReorderInput,
): Promise<Content[] | null> {
  return inTransaction(ctx, async ({ em }) => {
    await lockProduct(em, product.id);
    const known = await em.find(ContentEntity, { product: product.id }, { fields: ["id"] });
    if (!hasSameIds(ids, known)) return null;
    for (const [index, id] of ids.entries()) await em.nativeUpdate(ContentEntity, { id }, { position: index + 1 });
    return contentsOf(em, product.id, "seller");
  });
}
