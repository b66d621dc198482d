/** The tar format (POSIX ustar) works in blocks of this size. */
export const TAR_BLOCK = 512;
/** Two empty blocks end an archive. */
export const TAR_END = Buffer.alloc(2 * TAR_BLOCK);

export interface TarEntry {
  name: string;
  size: number;
}

const NAME_BYTES = 100;
const MAX_OCTAL_SIZE = 0o77777777777;
const PLAIN_FILE = "0";

/** The header of a plain file that only its owner may read. Throws if the name is too long for the format. */
export function tarHeader({ name, size }: TarEntry): Buffer {
  if (Buffer.byteLength(name) > NAME_BYTES) throw new Error(`The name is too long for an archive: ${name}`);
  const header = Buffer.alloc(TAR_BLOCK);
  header.write(name, 0);
  header.write("0000600\0", 100);
  header.write("0000000\0", 108);
  header.write("0000000\0", 116);
  writeSize(header, size);
  header.write("00000000000\0", 136);
  header.write("        ", 148);
  header.write(PLAIN_FILE, 156);
  header.write("ustar\x0000", 257);
  header.write(`${tarChecksum(header).toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

/** Fills the last block of a file. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK);
}

/** The sum of a header's bytes, with spaces in place of the sum itself. */
export function tarChecksum(header: Buffer): number {
  let sum = 8 * 0x20;
  for (const [place, byte] of header.entries()) if (place < 148 || place >= 156) sum += byte;
  return sum;
}

/** Files of 8 GiB and more have their size as a binary number, as GNU tar writes it. */
function writeSize(header: Buffer, size: number): void {
  if (size <= MAX_OCTAL_SIZE) {
    header.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
    return;
  }
  header.writeUInt8(0x80, 124);
  header.writeBigUInt64BE(BigInt(size), 128);
}
