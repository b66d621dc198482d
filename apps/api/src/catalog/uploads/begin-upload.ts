import { PICTURE_MAX_BYTES, PICTURES_MAX } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import type { Limits } from "../../config/limits.ts";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import { Refusal } from "../../platform/http/problem.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import type { FileStorage } from "../../platform/storage/file-storage.ts";
import { ContentEntity } from "../contents/content.entity.ts";
import { cleanFileName } from "../files/clean-file-name.ts";
import { PictureEntity } from "../pictures/picture.entity.ts";
import { ProductEntity } from "../products/product.entity.ts";
import { StoreEntity } from "../stores/store.entity.ts";
import { bytesOfStore } from "./queries.ts";
import { UploadEntity } from "./upload.entity.ts";

export type UploadContext = Pick<Context, "em" | "clock"> & { limits: Limits; fileStorage: FileStorage };

interface BeginUploadInput {
  product: Owned<{ id: string }>;
  /** As the browser says it. */
  name: string;
  /** In bytes. */
  size: number;
  modified: number | null;
  /** The content of which the file is a new version; null: it is a new content. */
  contentId: string | null;
  isPicture: boolean;
}

/** Begins an upload, and returns its id. What can't be kept is refused before the first byte. */
export async function beginUpload(ctx: UploadContext, input: BeginUploadInput): Promise<string | Refusal> {
  const { limits, fileStorage } = ctx;
  const { size } = input;
  if (size === 0) return new Refusal("file_empty");
  if (size > (input.isPicture ? PICTURE_MAX_BYTES : limits.fileSize)) return new Refusal("file_too_large");
  if ((await fileStorage.freeBytes()) < size + limits.freeSpaceKept) return new Refusal("storage_full");
  const id = uuid();
  // Before the row: bytes without a row are swept, and a row without bytes could not be continued.
  await fileStorage.beginUpload(id);
  const refusal = await saveUpload(ctx, id, input);
  if (refusal === null) return id;
  await fileStorage.discardUpload(id);
  return refusal;
}

function saveUpload(ctx: UploadContext, id: string, input: BeginUploadInput): Promise<Refusal | null> {
  const { product, size, contentId, isPicture } = input;
  return inTransaction(ctx, async ({ em, clock, limits }) => {
    const { store } = await em.findOneOrFail(ProductEntity, product.id, { fields: ["store"] });
    // Locks the store: uploads that begin at once are counted one after the other.
    await em.execute("update stores set name = name where id = ?", [store.id]);
    const begun = await em.count(UploadEntity, { store: store.id, finishedAt: null });
    if (begun >= limits.uploadsOfStore) return new Refusal("too_many_uploads");
    if ((await bytesOfStore(em, store.id)) + size > limits.bytesOfStore) return new Refusal("quota_exceeded");
    if (contentId !== null && (await em.count(ContentEntity, fileOf(product.id, contentId))) === 0)
      return new Refusal("not_found");
    if (isPicture && (await em.count(PictureEntity, { product: product.id })) >= PICTURES_MAX)
      return new Refusal("too_many_pictures");
    const now = clock.now();
    await em.insert(UploadEntity, {
      id,
      store: em.getReference(StoreEntity, store.id),
      product: em.getReference(ProductEntity, product.id),
      ...{ contentId, isPicture, size, modified: input.modified },
      name: cleanFileName(input.name),
      createdAt: new Date(now),
      expiresAt: new Date(now + limits.uploadKept),
    });
    return null;
  });
}

function fileOf(product: string, id: string) {
  return { id, product, kind: "file" as const };
}
