import type { Picture } from "@yumroad/contract";
import type { Context } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { PictureEntity } from "./picture.entity.ts";
import { picturesOf } from "./queries.ts";

/** Writes the words for a picture, and returns all pictures. Null: the product has no such picture. */
export async function describePicture(
  { em }: Pick<Context, "em">,
  { product, id, alt }: { product: Owned<{ id: string }>; id: string; alt: string },
): Promise<Picture[] | null> {
  const count = await em.nativeUpdate(PictureEntity, { id, product: product.id }, { alt });
  return count === 0 ? null : picturesOf(em, product.id);
}
