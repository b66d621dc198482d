import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { createSemaphore, type Party, SemaphoreFull } from "./semaphore.ts";

export type Coding = "br" | "gzip";

/** Smaller answers fit into one or two packets anyway. */
export const COMPRESSED_FROM = 1024;

/** The best quality takes a second for the largest file of the web app. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

const COMPRESSORS: Record<Coding, (content: string | Buffer) => Promise<Buffer>> = {
  br: (content) => promisify(brotliCompress)(content, BROTLI),
  gzip: (content) => promisify(gzip)(content),
};

/** Every waiting compression keeps its content in memory. */
const QUEUE_LENGTH = 16;

/**
 * One at a time: zlib shares the threads of libuv with password hashing, and each running compression takes 256 KB, with
 * brotli several megabytes.
 */
const semaphore = createSemaphore({ width: 1, queueLength: QUEUE_LENGTH });

const EVERYBODY: Party = { group: "everybody", member: "everybody" };

/** Compresses the content in turn. Throws SemaphoreFull when too many are waiting. */
export function compress(content: string | Buffer, coding: Coding): Promise<Buffer> {
  return semaphore.run(EVERYBODY, () => COMPRESSORS[coding](content));
}

/** The compressed content, or null when too many are waiting: then the content is sent uncompressed. */
export async function nullWhenBusy(compressing: Promise<Buffer>): Promise<Buffer | null> {
  try {
    return await compressing;
  } catch (error) {
    if (error instanceof SemaphoreFull) return null;
    throw error;
  }
}
