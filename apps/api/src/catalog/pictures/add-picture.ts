import { PICTURES_MAX } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";
import { enqueueJob } from "../../platform/jobs/enqueue-job.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import { FileEntity } from "../files/file.entity.ts";
import { lockProduct } from "../products/lock-product.ts";
import { ProductEntity } from "../products/product.entity.ts";
import { PictureEntity } from "./picture.entity.ts";

/**
 * Adds a stored file to a product as its last picture, whose sizes are made next. False: the product has as many as it
 * may have. Call this in a transaction.
 */
export async function addPicture(
  { em, clock }: { em: EntityManager; clock: Clock },
  { productId, fileId }: { productId: string; fileId: string },
): Promise<boolean> {
  await lockProduct(em, productId);
  const known = await em.find(PictureEntity, { product: productId }, { orderBy: { position: "asc" } });
  if (known.length >= PICTURES_MAX) return false;
  await em.insert(PictureEntity, {
    // The same as the file's: the job finds both by it.
    id: fileId,
    product: em.getReference(ProductEntity, productId),
    file: em.getReference(FileEntity, fileId),
    position: (known.at(-1)?.position ?? 0) + 1,
    state: "preparing",
    createdAt: new Date(clock.now()),
  });
  await enqueueJob({ em, clock }, { name: "prepare_picture", key: fileId });
  return true;
}
