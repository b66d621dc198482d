import type { Database } from "../../platform/db/database.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import type { MediaFolder } from "../../platform/storage/create-media-folder.ts";
import type { FileStorage } from "../../platform/storage/file-storage.ts";
import { FileEntity } from "../files/file.entity.ts";
import { PictureEntity } from "./picture.entity.ts";
import { noteCover } from "./queries.ts";
import { resizePicture } from "./resize-picture.ts";

interface PrepareParts {
  database: Pick<Database, "fork">;
  clock: Clock;
  fileStorage: FileStorage;
  mediaFolder: MediaFolder;
}

/**
 * Makes the sizes of a new picture, and shows it from then on, or refuses it. A picture that was prepared before, or that
 * is gone, is left as it is.
 */
export async function preparePicture(
  { database, clock, fileStorage, mediaFolder }: PrepareParts,
  id: string,
): Promise<void> {
  const picture = await database.fork().findOne(PictureEntity, { id, state: "preparing" });
  if (picture === null) return;
  const order = { original: fileStorage.pathOf(id), target: mediaFolder.pathOf(id) };
  const outcome = await resizePicture(order);
  const made =
    outcome.is === "made"
      ? { state: "ready" as const, width: outcome.width, height: outcome.height }
      : { state: "refused" as const };
  await database.fork().transactional(async (em) => {
    await em.nativeUpdate(PictureEntity, { id, state: "preparing" }, made);
    await em.nativeUpdate(FileEntity, { id }, { state: made.state, checkedAt: new Date(clock.now()) });
    await noteCover(em, picture.product.id);
  });
}
