import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { createSemaphore, type Party, SemaphoreFull } from "./semaphore.ts";

export type Coding = "br" | "gzip";

/** Smaller answers fit into a packet or two anyhow. */
export const COMPRESSED_FROM = 1024;

/** The best quality takes a second for our largest file. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

const COMPRESSORS: Record<Coding, (content: string | Buffer) => Promise<Buffer>> = {
  br: (content) => promisify(brotliCompress)(content, BROTLI),
  gzip: (content) => promisify(gzip)(content),
};

/** What waits holds its content. */
const QUEUE_LENGTH = 16;

/**
 * One at a time: zlib works on the threads that hash passwords (libuv has four), and each of its states is 256 KB,
 * which with brotli becomes megabytes.
 */
const turnstile = createSemaphore({ width: 1, queueLength: QUEUE_LENGTH });

const EVERYBODY: Party = { group: "everybody", member: "everybody" };

/** The content compressed when its turn has come. Throws SemaphoreFull when too much waits already. */
export function compress(content: string | Buffer, coding: Coding): Promise<Buffer> {
  return turnstile.run(EVERYBODY, () => COMPRESSORS[coding](content));
}

/** What was compressed, or null when too much waits already: then the content goes out as it is. */
export async function nullWhenBusy(compressing: Promise<Buffer>): Promise<Buffer | null> {
  try {
    return await compressing;
  } catch (error) {
    if (error instanceof SemaphoreFull) return null;
    throw error;
  }
}
