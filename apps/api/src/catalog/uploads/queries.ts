import type { Upload } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";
import type { FileStorage } from "../../platform/storage/file-storage.ts";
import { UploadEntity } from "./upload.entity.ts";

/** Bytes that a store's files take up, with those of uploads on their way. */
export async function bytesOfStore(em: EntityManager, storeId: string): Promise<number> {
  const sql = `select (select coalesce(sum(size), 0) from files where store_id = ?) as "files",
    (select coalesce(sum(size), 0) from uploads where store_id = ? and finished_at is null) as "uploads"`;
  const [row] = await readRows<{ files: number | string; uploads: number | string }>(em, sql, [storeId, storeId]);
  return Number(row?.files ?? 0) + Number(row?.uploads ?? 0);
}

/** Uploads of a product that are not finished, the oldest first. */
export async function uploadsOf(
  { em, fileStorage }: { em: EntityManager; fileStorage: FileStorage },
  productId: string,
): Promise<Upload[]> {
  const rows = await em.find(UploadEntity, { product: productId, finishedAt: null }, { orderBy: { id: "asc" } });
  return Promise.all(
    rows.map(async ({ id, name, size, modified = null, contentId = null, isPicture, expiresAt }) => ({
      ...{ id, name, size, modified, contentId, isPicture },
      received: await receivedOf(fileStorage, id),
      expiresAt: expiresAt.toISOString(),
    })),
  );
}

/** Bytes of an upload that the server has, also if they are stored already and the product had no place for the file. */
export async function receivedOf(fileStorage: FileStorage, id: string): Promise<number> {
  return (await fileStorage.receivedBytes(id)) ?? (await fileStorage.sizeOf(id)) ?? 0;
}
