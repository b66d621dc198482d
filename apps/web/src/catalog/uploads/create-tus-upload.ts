import { UPLOADS_PATH } from "@yumroad/contract";
import type { Upload as TusUpload } from "tus-js-client";
import type { Entry } from "./entries.ts";
import { createPace } from "./pace.ts";
import { isRefusedByProxy, statusOf } from "./upload-failures.ts";

/** Waits before tries, in milliseconds. Together they outlast a restart of the server. */
const RETRY_AFTER = [0, 1000, 2000, 4000, 8000, 8000, 8000, 8000, 8000];
/** Parts below this are not worth their requests. A proxy that refuses even those refuses all. */
const SMALLEST_PART = 256 * 1024;
/** Refusals that pass: bytes that were sent twice, another request that still writes, and too many requests. */
const PASSING = [409, 423, 429];

interface Events {
  /** Called with the bytes that the server has acknowledged in all. */
  onReceived(received: number, bytesPerSecond: number | null): void;
  onError(error: unknown): void;
  onSuccess(upload: TusUpload): void;
}

/** Makes the upload of a file by the tus protocol, in parts that fit the speed of the line. */
export function createTusUpload(
  Upload: typeof TusUpload,
  { file, slug, contentId, isPicture, begunAs }: Entry,
  { onReceived, onError, onSuccess }: Events,
): TusUpload {
  const pace = createPace();
  const tus = new Upload(file, {
    endpoint: UPLOADS_PATH,
    ...(begunAs !== undefined && { uploadUrl: `${UPLOADS_PATH}/${begunAs}` }),
    metadata: {
      product: slug,
      name: file.name,
      modified: String(file.lastModified),
      ...(contentId !== undefined && { content: contentId }),
      ...(isPicture && { for: "picture" }),
    },
    chunkSize: pace.partSize(),
    retryDelays: RETRY_AFTER,
    // The server knows which uploads are unfinished, also for another browser.
    storeFingerprintForResuming: false,
    onChunkComplete(_size, received) {
      const bytesPerSecond = pace.note(received);
      tus.options.chunkSize = pace.partSize();
      onReceived(received, bytesPerSecond);
    },
    onShouldRetry(error) {
      if (isRefusedByProxy(error) && Number(tus.options.chunkSize) > SMALLEST_PART) {
        tus.options.chunkSize = pace.halve();
        return true;
      }
      const status = statusOf(error);
      return status === null || status >= 500 || PASSING.includes(status);
    },
    onError,
    onSuccess: () => onSuccess(tus),
  });
  return tus;
}
