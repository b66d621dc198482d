import type { Context } from "../../platform/http/context.ts";
import { asOwned, type Owned } from "../../platform/lib/owned.ts";
import { UploadEntity, type UploadRow } from "./upload.entity.ts";

/** Finds an upload of this user. Null: there is no such upload, or it is somebody else's. */
export async function ownUpload(
  { em }: Pick<Context, "em">,
  { user, id }: { user: { id: string }; id: string },
): Promise<Owned<UploadRow> | null> {
  const upload = await em.findOne(UploadEntity, { id, store: { owner: user.id } });
  return upload && asOwned(upload);
}
