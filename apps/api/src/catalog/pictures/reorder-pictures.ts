import type { Picture } from "@yumroad/contract";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { hasSameIds } from "../products/has-same-ids.ts";
import { lockProduct } from "../products/lock-product.ts";
import { PictureEntity } from "./picture.entity.ts";
import { noteCover, picturesOf } from "./queries.ts";

/** Puts the pictures of a product into the order of `ids`. Null: `ids` are not those of all pictures. */
export function reorderPictures(
  ctx: Pick<Context, "em">,
  { product, ids }: { product: Owned<{ id: string }>; ids: readonly string[] },
): Promise<Picture[] | null> {
  return inTransaction(ctx, async ({ em }) => {
    await lockProduct(em, product.id);
    const known = await em.find(PictureEntity, { product: product.id }, { fields: ["id"] });
    if (!hasSameIds(ids, known)) return null;
    for (const [index, id] of ids.entries()) await em.nativeUpdate(PictureEntity, { id }, { position: index + 1 });
    await noteCover(em, product.id);
    return picturesOf(em, product.id);
  });
}
