import { inTransaction } from "../../platform/http/context.ts";
import { addFile } from "../contents/add-file.ts";
import { FileEntity } from "../files/file.entity.ts";
import { addPicture } from "../pictures/add-picture.ts";
import { StoreEntity } from "../stores/store.entity.ts";
import type { UploadContext } from "./begin-upload.ts";
import { UploadEntity, type UploadRow } from "./upload.entity.ts";
import type { UploadLocker } from "./upload-locker.ts";

export type FinishContext = UploadContext & { uploadLocker: UploadLocker };

/**
 * Adds a file whose last byte has arrived to its product, as a content or a picture, where it is checked next. Can be called again, also by a
 * process that finds the work half done: the bytes are moved first, and the rows follow in one transaction.
 * `incomplete`: bytes are missing. `full`: the product has as many of them as it may have; the upload stays.
 */
export async function finishUpload(
  ctx: FinishContext,
  { id, size, finishedAt }: Pick<UploadRow, "id" | "size" | "finishedAt">,
): Promise<"finished" | "incomplete" | "full"> {
  if (finishedAt !== null) return "finished";
  return ctx.uploadLocker.holding(id, async () => {
    const { fileStorage } = ctx;
    const received = await fileStorage.receivedBytes(id);
    // Null: an earlier call has moved the bytes.
    if (received !== null && received < size) return "incomplete";
    if ((await fileStorage.storeUpload(id)) !== size) return "incomplete";
    return saveFile(ctx, id);
  });
}

function saveFile(ctx: FinishContext, id: string): Promise<"finished" | "full"> {
  return inTransaction(ctx, async ({ em, clock }) => {
    const now = new Date(clock.now());
    const upload = await em.findOneOrFail(UploadEntity, id);
    if ((await em.nativeUpdate(UploadEntity, { id, finishedAt: null }, { finishedAt: now })) === 0) return "finished";
    const { name, size, contentId = null } = upload;
    const store = em.getReference(StoreEntity, upload.store.id);
    await em.insert(FileEntity, { id, store, name, size, state: "checking", createdAt: now });
    const productId = upload.product.id;
    const isAdded = upload.isPicture
      ? await addPicture({ em, clock }, { productId, fileId: id })
      : await addFile({ em, clock }, { productId, file: { id, name }, contentId });
    if (!isAdded) throw new ProductIsFull();
    return "finished" as const;
  }).catch((error: unknown) => {
    if (error instanceof ProductIsFull) return "full";
    throw error;
  });
}

/** Rolls the transaction back. */
class ProductIsFull extends Error {}
