import type { Picture } from "@yumroad/contract";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { PictureEntity } from "./picture.entity.ts";
import { noteCover, picturesOf } from "./queries.ts";

/** Removes a picture, and returns those that are left. Null: the product has no such picture. */
export function removePicture(
  ctx: Pick<Context, "em">,
  { product, id }: { product: Owned<{ id: string }>; id: string },
): Promise<Picture[] | null> {
  return inTransaction(ctx, async ({ em }) => {
    if ((await em.nativeDelete(PictureEntity, { id, product: product.id })) === 0) return null;
    await noteCover(em, product.id);
    return picturesOf(em, product.id);
  });
}
