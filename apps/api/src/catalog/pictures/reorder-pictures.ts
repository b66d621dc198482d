import type { Picture } from "@yumroad/contract";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { PictureEntity } from "./picture.entity.ts";
import { noteCover, picturesOf } from "./queries.ts";

/** Puts the pictures into the order of their ids. Null: the ids are not those of all pictures. */
export function reorderPictures(
  ctx: Pick<Context, "em">,
  { product, ids }: { product: Owned<{ id: string }>; ids: readonly string[] },
): Promise<Picture[] | null> {
  return inTransaction(ctx, async ({ em }) => {
    // Locks the product, as adding a picture does.
    await em.execute("update products set status = status where id = ?", [product.id]);
    const known = await em.find(PictureEntity, { product: product.id }, { fields: ["id"] });
    const wanted = new Set(ids);
    const isSame = [ids.length, known.length].every((count) => count === wanted.size);
    if (!isSame || !known.every(({ id }) => wanted.has(id))) return null;
    for (const [index, id] of ids.entries()) await em.nativeUpdate(PictureEntity, { id }, { position: index + 1 });
    await noteCover(em, product.id);
    return picturesOf(em, product.id);
  });
}
