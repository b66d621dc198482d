import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { createSemaphore, type Party, SemaphoreFull } from "./semaphore.ts";

export type Coding = "br" | "gzip";

/** Minimum bytes of content that is compressed: a smaller answer fits into one or two packets anyway. */
export const COMPRESSED_FROM = 1024;

/** Quality 4 of 11: the best quality takes a second for the largest file of the web app. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

const COMPRESSORS: Record<Coding, (content: string | Buffer) => Promise<Buffer>> = {
  br: (content) => promisify(brotliCompress)(content, BROTLI),
  gzip: (content) => promisify(gzip)(content),
};

/** Maximum number of waiting compressions, since each keeps its content in memory. */
const QUEUE_LENGTH = 16;

/**
 * One compression at a time: zlib shares the threads of libuv with password hashing, and each running compression takes
 * memory: 256 KB for gzip, several megabytes for brotli.
 */
const semaphore = createSemaphore({ width: 1, queueLength: QUEUE_LENGTH });

const EVERYBODY: Party = { group: "everybody", member: "everybody" };

/** Compresses the content when its turn comes. Throws SemaphoreFull when too many compressions are waiting. */
export function compress(content: string | Buffer, coding: Coding): Promise<Buffer> {
  return semaphore.run(EVERYBODY, () => COMPRESSORS[coding](content));
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
