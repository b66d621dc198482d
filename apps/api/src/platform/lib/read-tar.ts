import { TAR_BLOCK, type TarEntry, tarChecksum, tarPadding } from "./write-tar.ts";

/** Thrown for an archive that is cut short, and for a file of another format. */
export class DamagedArchive extends Error {
  override name = "DamagedArchive";
}

export interface ReadTarEntry extends TarEntry {
  /** To be read to its end before the next entry is asked for. */
  content: AsyncIterable<Buffer>;
}

/** The files of an archive that `tarHeader` has written, one after the other. Reads the source to its end. */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<ReadTarEntry> {
  const take = createByteReader(source);
  for (;;) {
    const header = await readAll(take(TAR_BLOCK));
    if (header.every((byte) => byte === 0)) break;
    if (Number.parseInt(header.toString("latin1", 148, 156), 8) !== tarChecksum(header))
      throw new DamagedArchive("A header of the archive is damaged");
    const size = readSize(header);
    yield { name: textAt(header, 0, 100), size, content: take(size) };
    await readAll(take(tarPadding(size).length));
  }
  // Only at its end does the decompression know that the source is whole.
  for await (const _ of take(Number.POSITIVE_INFINITY, { mayEnd: true }));
}

export async function readAll(content: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}

type Take = (size: number, options?: { mayEnd: boolean }) => AsyncGenerator<Buffer>;

/** Returns a function that yields the next bytes of a source. It throws if the source ends before. */
function createByteReader(source: AsyncIterable<Buffer>): Take {
  const chunks = source[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  return async function* take(size, { mayEnd } = { mayEnd: false }) {
    for (let left = size; left > 0; ) {
      if (rest.length === 0) {
        const next = await chunks.next();
        if (next.done && mayEnd) return;
        if (next.done) throw new DamagedArchive("The archive ends too early");
        rest = next.value;
      }
      const piece = rest.subarray(0, left);
      rest = rest.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  };
}

function readSize(header: Buffer): number {
  if (header.readUInt8(124) === 0x80) return Number(header.readBigUInt64BE(128));
  return Number.parseInt(textAt(header, 124, 12), 8) || 0;
}

function textAt(header: Buffer, start: number, length: number): string {
  return header.toString("utf8", start, start + length).split("\0", 1)[0] ?? "";
}
