import type { Content } from "@yumroad/contract";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { ContentEntity } from "./content.entity.ts";
import { contentsOf } from "./queries.ts";

interface ReorderInput {
  product: Owned<{ id: string }>;
  /** The ids of all contents of the product. */
  ids: readonly string[];
}

/**
 * Puts the contents of a product into the order of their ids, and returns them. Null: the ids are not those of all
 * contents, since one was added or removed meanwhile.
 */
export function reorderContents(
  ctx: Pick<Context, "em" | "clock">,
  { product, ids }: ReorderInput,
): Promise<Content[] | null> {
  return inTransaction(ctx, async ({ em }) => {
    // Locks the product, as adding a content does.
    await em.execute("update products set status = status where id = ?", [product.id]);
    const known = await em.find(ContentEntity, { product: product.id }, { fields: ["id"] });
    const wanted = new Set(ids);
    const isSame =
      wanted.size === ids.length && wanted.size === known.length && known.every(({ id }) => wanted.has(id));
    if (!isSame) return null;
    for (const [index, id] of ids.entries()) await em.nativeUpdate(ContentEntity, { id }, { position: index + 1 });
    return contentsOf(em, product.id, "seller");
  });
}
