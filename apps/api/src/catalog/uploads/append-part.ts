import { ERRORS } from "@tus/server";
import type { Request } from "express";
import { streamBody } from "../../platform/http/body-stream.ts";
import { Refusal } from "../../platform/http/problem.ts";
import type { UploadContext } from "./begin-upload.ts";
import { receivedOf } from "./queries.ts";
import { UploadEntity } from "./upload.entity.ts";
import type { UploadLocker } from "./upload-locker.ts";

const OFFSET_MEDIA = "application/offset+octet-stream";

interface AppendInput {
  req: Request;
  /** The upload's. */
  id: string;
  /** Throws unless the session that sends the bytes is still good. */
  confirm(): Promise<void>;
}

/**
 * Appends the bytes of a `PATCH` to an upload, and returns the number that has arrived by then (tus 1.0.0, "PATCH").
 * `@tus/server` would pass them through web streams, which copy each piece: that takes twice the processor time.
 */
export async function appendPart(
  ctx: UploadContext & { uploadLocker: UploadLocker },
  { req, id, confirm }: AppendInput,
): Promise<number> {
  const { fileStorage, limits } = ctx;
  const { "content-type": type, "upload-offset": from = "" } = req.headers;
  if (type !== OFFSET_MEDIA) throw new Refusal("unsupported_media_type");
  if (req.get("tus-resumable") !== "1.0.0" || !/^\d{1,15}$/.test(String(from))) throw new Refusal("malformed_request");
  const length = Number(req.headers["content-length"] ?? 0);
  if (length > limits.uploadPart) throw new Refusal("payload_too_large");
  // Uploads that were begun together can have been promised the same room.
  if ((await fileStorage.freeBytes()) < limits.freeSpaceKept) throw new Refusal("storage_full");
  return withLock(ctx, id, async (whenWanted) => {
    const left = await bytesLeft(ctx, { id, offset: Number(from) });
    if (length > left) throw new Refusal("payload_too_large");
    const bounds = { size: Math.min(limits.uploadPart, left), time: limits.uploadPartTime, stall: limits.uploadStall };
    const body = streamBody(req, bounds, confirm);
    whenWanted(() => body.destroy(new Refusal("upload_locked")));
    try {
      return await fileStorage.append(id, Number(from), body);
    } catch (error) {
      // What a session sent that has ended meanwhile is dropped: nobody has vouched for it.
      await confirm().catch(() => fileStorage.truncateUpload(id, Number(from)));
      throw isFull(error) ? new Refusal("storage_full") : error;
    }
  });
}

/** The bytes that are missing from `offset` on. Throws if the upload is gone, or others come next. */
async function bytesLeft(
  { em, fileStorage }: UploadContext,
  { id, offset }: { id: string; offset: number },
): Promise<number> {
  const upload = await em.fork().findOne(UploadEntity, { id });
  if (upload === null) throw new Refusal("not_found");
  const received = upload.finishedAt === null ? await receivedOf(fileStorage, id) : upload.size;
  if (received !== offset) throw new Refusal("upload_conflict");
  return upload.size - offset;
}

/**
 * Runs `work` while no other request writes to the upload. `work` says what to do when another one wants to: the sender of
 * this one may be long gone.
 */
async function withLock<Result>(
  { uploadLocker }: { uploadLocker: UploadLocker },
  id: string,
  work: (whenWanted: (letGo: () => void) => void) => Promise<Result>,
): Promise<Result> {
  let letGo = () => {};
  const lock = uploadLocker.newLock(id);
  await lock
    .lock(new AbortController().signal, () => letGo())
    .catch((error: unknown) => {
      if (error instanceof Error) throw error;
      throw new Refusal(error === ERRORS.FILE_NOT_FOUND ? "not_found" : "upload_locked");
    });
  try {
    return await work((wanted) => {
      letGo = wanted;
    });
  } finally {
    await lock.unlock();
  }
}

/** True for the error of a disk, or of a quota of the system, without room. */
function isFull(error: unknown): boolean {
  return /^(?:ENOSPC|EDQUOT)$/.test(String((error as NodeJS.ErrnoException | null)?.code));
}
