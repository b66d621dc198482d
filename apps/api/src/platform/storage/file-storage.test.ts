import { randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { createDiskStorage } from "./create-disk-storage.ts";
import type { FileStorage } from "./file-storage.ts";

const { path: folder, remove } = temporaryFolder();
afterAll(remove);

/** Every way of keeping files. Another one is one more line. */
const storages: Record<string, () => Promise<FileStorage>> = {
  disk: async () => createDiskStorage(join(folder, randomUUID())),
};

const bytes = (content: string) => Readable.from([Buffer.from(content)]);

async function idsOf(storage: FileStorage, kind: "files" | "uploads") {
  const ids: string[] = [];
  for await (const { id } of storage.list(kind)) ids.push(id);
  return ids;
}

describe.each(Object.entries(storages))("a storage of files (%s)", (_name, create) => {
  it("takes an upload in parts, and keeps it as a file that can be read", async () => {
    const storage = await create();
    const id = randomUUID();
    await storage.beginUpload(id);
    expect(await storage.receivedBytes(id)).toBe(0);
    expect(await storage.append(id, 0, bytes("half a "))).toBe(7);
    expect(await storage.append(id, 7, bytes("moon"))).toBe(11);
    expect([await idsOf(storage, "uploads"), await idsOf(storage, "files")]).toEqual([[id], []]);
    expect(await storage.storeUpload(id)).toBe(11);
    expect(await text(storage.read(id))).toBe("half a moon");
    expect([await storage.sizeOf(id), await storage.receivedBytes(id)]).toEqual([11, null]);
    expect([await idsOf(storage, "uploads"), await idsOf(storage, "files")]).toEqual([[], [id]]);
  });

  it("keeps an upload once, however often it is told to", async () => {
    const storage = await create();
    const id = randomUUID();
    await storage.beginUpload(id);
    await storage.append(id, 0, bytes("moon"));
    expect(await Promise.all([1, 2, 3].map(() => storage.storeUpload(id)))).toEqual([4, 4, 4]);
    expect(await storage.storeUpload(id)).toBe(4);
    expect(await storage.storeUpload(randomUUID())).toBeNull();
  });

  it("keeps what has arrived of a part that breaks off, and drops what it is told to", async () => {
    const storage = await create();
    const id = randomUUID();
    await storage.beginUpload(id);
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from("half");
        await new Promise((resolve) => setTimeout(resolve, 20));
        throw new Error("broken off");
      })(),
    );
    await expect(storage.append(id, 0, broken)).rejects.toThrow("broken off");
    expect(await storage.receivedBytes(id)).toBe(4);
    await storage.truncateUpload(id, 2);
    expect(await storage.append(id, 2, bytes("ppy"))).toBe(5);
    await storage.storeUpload(id);
    expect(await text(storage.read(id))).toBe("happy");
  });

  it("deletes uploads and files, also those that are gone already", async () => {
    const storage = await create();
    const [id, stored] = [randomUUID(), randomUUID()];
    for (const each of [id, stored]) await storage.beginUpload(each);
    await storage.storeUpload(stored);
    for (let time = 1; time <= 2; time += 1) {
      await storage.discardUpload(id);
      await storage.remove(stored);
    }
    expect([await storage.receivedBytes(id), await storage.sizeOf(stored)]).toEqual([null, null]);
    expect(await storage.freeBytes()).toBeGreaterThan(0);
  });

  it.each(["../../etc/passwd", "", "a/b"])("knows no file of the name %j", async (name) => {
    const storage = await create();
    expect(() => storage.pathOf(name)).toThrow("Not the id of a file");
  });
});

it("on a disk, nobody else can read the folders", async () => {
  const place = join(folder, randomUUID());
  await createDiskStorage(place);
  expect(["files", "uploads"].map((name) => statSync(join(place, name)).mode & 0o777)).toEqual([0o700, 0o700]);
});
