import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { Clock } from "../../platform/lib/clock.ts";
import { detectType, TYPE_BYTES } from "./detect-type.ts";
import { FileEntity } from "./file.entity.ts";
import { type DamageParts, findDamage } from "./find-damage.ts";

type CheckParts = DamageParts & { clock: Clock };

/**
 * Reads a new file once: takes its SHA-256 and CRC-32, and compares what its first bytes are with its name. From then on
 * buyers can download it, or it is refused. A file that was checked before is left as it is.
 */
export async function checkFile(parts: CheckParts, id: string, isStopping: () => boolean): Promise<void> {
  const { database, clock, fileStorage } = parts;
  const file = await database.fork().findOne(FileEntity, { id, state: "checking" });
  // Reading what is not there would fail each time.
  if (file === null || (await findDamage(parts, file))) return;
  const hash = createHash("sha256");
  let crc = 0;
  let size = 0;
  let beginning = Buffer.alloc(0);
  for await (const piece of fileStorage.read(id) as AsyncIterable<Buffer>) {
    if (isStopping()) throw new Error("The server is stopping");
    hash.update(piece);
    crc = crc32(piece, crc);
    size += piece.length;
    if (beginning.length < TYPE_BYTES) beginning = Buffer.concat([beginning, piece.subarray(0, TYPE_BYTES)]);
  }
  if (size !== file.size) throw new Error(`The file has ${size} bytes in place of ${file.size}`);
  const { mediaType, contradictsName } = await detectType(file.name, beginning);
  await database.fork().nativeUpdate(
    FileEntity,
    { id, state: "checking" },
    {
      ...{ sha256: hash.digest("hex"), crc32: crc, mediaType },
      state: contradictsName ? "refused" : "ready",
      checkedAt: new Date(clock.now()),
    },
  );
}
