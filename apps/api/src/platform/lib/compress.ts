import { promisify } from "node:util";
import { gzip, gzipSync } from "node:zlib";
import { createSemaphore, type Party, SemaphoreFull } from "./semaphore.ts";

/** Minimum bytes of content that is compressed: a smaller answer fits into one or two packets anyway. */
export const COMPRESSED_FROM = 1024;

/**
 * Most bytes that are compressed at once, which takes less than a millisecond: on libuv's threads they could wait behind
 * passwords, a tenth of a second each.
 */
const AT_ONCE = 32 * 1024;

/** Maximum number of waiting compressions, since each keeps its content in memory. */
const QUEUE_LENGTH = 16;

/**
 * One compression at a time: zlib shares the threads of libuv with password hashing, and each running compression takes
 * memory: 256 KB.
 */
const semaphore = createSemaphore({ width: 1, queueLength: QUEUE_LENGTH });

const EVERYBODY: Party = { group: "everybody", member: "everybody" };

/**
 * Compresses the content by gzip: a small one at once, otherwise when its turn comes. Throws SemaphoreFull when too many
 * compressions are waiting.
 */
export async function compress(content: string | Buffer): Promise<Buffer> {
  if (Buffer.byteLength(content) <= AT_ONCE) return gzipSync(content);
  return semaphore.run(EVERYBODY, () => promisify(gzip)(content));
}

/** Awaits a compression. Null: too many compressions are waiting, so the content is sent uncompressed. */
export async function nullWhenBusy(compressing: Promise<Buffer>): Promise<Buffer | null> {
  try {
    return await compressing;
  } catch (error) {
    if (error instanceof SemaphoreFull) return null;
    throw error;
  }
}
