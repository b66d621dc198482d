import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { readAll, readTar } from "./read-tar.ts";
import { TAR_END, tarHeader, tarPadding } from "./write-tar.ts";

/** The names, sizes and texts of an archive that arrives in pieces of `length` bytes. */
async function entriesOf(archive: Buffer, length: number) {
  const pieces = Array.from({ length: Math.ceil(archive.length / length) }, (_, place) =>
    archive.subarray(place * length, (place + 1) * length),
  );
  const entries: [string, number, string][] = [];
  for await (const { name, size, content } of readTar(Readable.from(pieces))) {
    entries.push([name, size, (await readAll(content)).toString("utf8")]);
  }
  return entries;
}

const fileOf = (name: string, text: string) => {
  const content = Buffer.from(text);
  return Buffer.concat([tarHeader({ name, size: content.length }), content, tarPadding(content.length)]);
};

describe("a tar archive", () => {
  const archive = Buffer.concat([fileOf("a/größe", "x".repeat(513)), fileOf("empty", ""), fileOf("b", "two"), TAR_END]);

  it.each([1, 511, 512, 100_000])("is read as it was written, in pieces of %d bytes", async (length) => {
    expect(await entriesOf(archive, length)).toEqual([
      ["a/größe", 513, "x".repeat(513)],
      ["empty", 0, ""],
      ["b", 3, "two"],
    ]);
  });

  it("keeps the size of a file of more than 8 GiB", async () => {
    const size = 12 * 1024 ** 3 + 1;
    const entries = readTar(Readable.from([tarHeader({ name: "large", size })]));
    expect((await entries.next()).value).toMatchObject({ name: "large", size });
  });

  it("refuses a name that does not fit, a damaged header, and an early end", async () => {
    expect(() => tarHeader({ name: "n".repeat(101), size: 1 })).toThrow("too long");
    const damaged = Buffer.from(archive);
    damaged.writeUInt8(0x62, 0);
    await expect(entriesOf(damaged, 512)).rejects.toThrow("damaged");
    await expect(entriesOf(archive.subarray(0, 1000), 512)).rejects.toThrow("ends too early");
  });
});
