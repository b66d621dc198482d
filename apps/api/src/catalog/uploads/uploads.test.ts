import { createHash, randomBytes } from "node:crypto";
import type { Content, Problem, Product, Upload } from "@yumroad/contract";
import { race, tally } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createTestApp, type Person, type TestApp } from "../../../test/test-app.ts";
import { beginUpload, cancelUpload, offsetOf, sendPart, uploadFile } from "../../../test/uploading.ts";

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const PDF = Buffer.from("%PDF-1.7\n% a moon of paper\n");

describe("files of a product", () => {
  let app: TestApp;
  let owner: Person;
  beforeAll(async () => {
    app = await createTestApp({
      limits: {
        ...{ fileSize: 50_000_000, bytesOfStore: 100_000_000, uploadsOfStore: 3 },
        uploadParts: { max: 20, windowMs: 60_000 },
      },
    });
  });
  afterAll(() => app.close());

  /** A product of a new seller. */
  async function newProduct() {
    owner = await app.signUp();
    const product = { name: "Paper moon", price: { amount: 0, currency: "EUR" } };
    return (await owner.client.post<Product>("/api/products", { json: product })).json.slug;
  }
  const begin = async (slug: string, name: string, bytes: Buffer) =>
    String((await beginUpload(owner.client, { slug, name, bytes })).headers.location);
  const contentsOf = async (slug: string) =>
    (await owner.client.get<{ items: Content[] }>(`/api/products/${slug}/contents`)).json.items;
  const unfinished = async (slug: string) =>
    (await owner.client.get<{ items: Upload[] }>(`/api/products/${slug}/uploads`)).json.items;
  const code = (answer: { json: unknown }) => (answer.json as Problem).code;

  it("R151: are sent in parts, checked, and then known by their hash", async () => {
    const slug = await newProduct();
    const bytes = randomBytes(2_500_000);
    const [added] = await uploadFile(owner.client, { slug, name: "../Field notes.bin", bytes });
    expect(added).toMatchObject({ kind: "file", title: "Field notes", body: "" });
    expect(added?.file).toMatchObject({ name: "Field notes.bin", size: 2_500_000, version: 1 });
    await app.dependencies.jobWorker.run();
    const [checked] = await contentsOf(slug);
    expect(checked?.file).toMatchObject({ state: "ready", sha256: sha256(bytes) });
    expect(await unfinished(slug)).toEqual([]);
  });

  it("R150: go on after a break where the server is, also from another browser of the seller", async () => {
    const slug = await newProduct();
    const bytes = randomBytes(300_000);
    const path = await begin(slug, "moon.zip", bytes);
    await sendPart(owner.client, path, { offset: 0, bytes: bytes.subarray(0, 100_000) });
    expect(await unfinished(slug)).toMatchObject([{ name: "moon.zip", size: 300_000, received: 100_000 }]);
    const { client } = await app.logIn(owner);
    const offset = (await offsetOf(client, path)) ?? 0;
    expect(offset).toBe(100_000);
    await sendPart(client, path, { offset, bytes: bytes.subarray(offset) });
    await client.post(`${path}/finish`);
    await app.dependencies.jobWorker.run();
    expect((await contentsOf(slug))[0]?.file?.sha256).toBe(sha256(bytes));
  });

  it("lose what a session sends that ends before the last byte of a part", async () => {
    const slug = await newProduct();
    const bytes = randomBytes(200_000);
    const path = await begin(slug, "moon.zip", bytes);
    await sendPart(owner.client, path, { offset: 0, bytes: bytes.subarray(0, 50_000) });
    // Another time of log-in makes it another session.
    app.clock.advance(1000);
    const { client } = await app.logIn(owner);
    const held = await owner.client.hold({
      method: "PATCH",
      path,
      headers: {
        ...{ "Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream" },
        "Upload-Offset": "50000",
      },
      body: bytes.subarray(50_000, 150_000),
    });
    await owner.client.post("/api/auth/logout");
    expect((await held.release()).status).toBe(401);
    expect(await offsetOf(client, path)).toBe(50_000);
  });

  it("are finished once, however often and by whomever: by the page, or by the sweep when no page comes back", async () => {
    const slug = await newProduct();
    const path = await begin(slug, "moon.pdf", PDF);
    expect(code(await owner.client.post(`${path}/finish`))).toBe("upload_incomplete");
    await sendPart(owner.client, path, { offset: 0, bytes: PDF });
    const answers = await race(5, () => owner.client.post(`${path}/finish`));
    expect(tally(answers)).toEqual({ 200: 5 });
    const unasked = await begin(slug, "second.pdf", PDF);
    await sendPart(owner.client, unasked, { offset: 0, bytes: PDF });
    await app.dependencies.workers.sweep.run();
    expect((await contentsOf(slug)).map(({ title }) => title)).toEqual(["moon", "second"]);
  });

  it("get a new version under the same content", async () => {
    const slug = await newProduct();
    const [first] = await uploadFile(owner.client, { slug, name: "moon.pdf", bytes: PDF });
    await app.dependencies.jobWorker.run();
    const bytes = Buffer.concat([PDF, Buffer.from("second edition")]);
    const [second] = await uploadFile(owner.client, { slug, name: "moon-2.pdf", bytes, content: String(first?.id) });
    expect(second).toMatchObject({ id: first?.id, title: "moon", file: { name: "moon-2.pdf", version: 2 } });
  });

  it("keep their title when it is changed, and stay files", async () => {
    const slug = await newProduct();
    const [content] = await uploadFile(owner.client, { slug, name: "moon.pdf", bytes: PDF });
    const path = `/api/products/${slug}/contents/${content?.id}`;
    await owner.client.patch(path, { json: { kind: "file", title: "The moon" } });
    expect((await contentsOf(slug))[0]).toMatchObject({ title: "The moon", file: { name: "moon.pdf" } });
    const note = { kind: "note", title: "A note", body: "Words" };
    expect(code(await owner.client.patch(path, { json: note }))).toBe("content_kind_fixed");
  });

  it("are refused when a program hides behind another name", async () => {
    const slug = await newProduct();
    const program = Buffer.concat([Buffer.from("MZ"), randomBytes(200)]);
    await uploadFile(owner.client, { slug, name: "moon.pdf", bytes: program });
    await uploadFile(owner.client, { slug, name: "moon.exe", bytes: program });
    await app.dependencies.jobWorker.run();
    expect((await contentsOf(slug)).map(({ file }) => file?.state)).toEqual(["refused", "ready"]);
  });

  it("R151: are damaged when their bytes are gone, and ready when they are back", async () => {
    const slug = await newProduct();
    await uploadFile(owner.client, { slug, name: "moon.pdf", bytes: PDF });
    await app.dependencies.jobWorker.run();
    const { fileStorage, workers } = app.dependencies;
    const stateNow = async () => {
      await workers.fileCheck.run();
      return (await contentsOf(slug))[0]?.file?.state;
    };
    expect(await stateNow()).toBe("ready");
    const gone = vi.spyOn(fileStorage, "sizeOf").mockResolvedValue(null);
    expect(await stateNow()).toBe("damaged");
    gone.mockRestore();
    expect(await stateNow()).toBe("ready");
    expect(app.logs.lines.filter(({ event }) => event === "file_damaged").length).toBeGreaterThan(0);
  });

  it("R151: whose bytes are gone before they are checked are damaged, and checked once they are back", async () => {
    const slug = await newProduct();
    await uploadFile(owner.client, { slug, name: "moon.pdf", bytes: PDF });
    const { fileStorage, workers, jobWorker } = app.dependencies;
    const stateNow = async () => (await contentsOf(slug))[0]?.file?.state;
    const gone = vi.spyOn(fileStorage, "sizeOf").mockResolvedValue(null);
    await jobWorker.run();
    expect(await stateNow()).toBe("damaged");
    gone.mockRestore();
    await workers.fileCheck.run();
    await jobWorker.run();
    expect(await stateNow()).toBe("ready");
  });

  it("are swept one by one: one that fails keeps no other waiting", async () => {
    const slug = await newProduct();
    for (const name of ["first.pdf", "second.pdf"])
      await sendPart(owner.client, await begin(slug, name, PDF), { offset: 0, bytes: PDF });
    const { fileStorage, workers } = app.dependencies;
    vi.spyOn(fileStorage, "storeUpload").mockRejectedValueOnce(new Error("EIO"));
    await workers.sweep.run();
    expect(await contentsOf(slug)).toHaveLength(1);
    await workers.sweep.run();
    expect(await contentsOf(slug)).toHaveLength(2);
  });

  it("that are empty, too large, or beyond the store's room are refused before a byte", async () => {
    const slug = await newProduct();
    const of = (length: number) => ({ slug, name: "moon.bin", bytes: { length } as Buffer });
    expect(code(await beginUpload(owner.client, of(0)))).toBe("file_empty");
    expect(code(await beginUpload(owner.client, of(50_000_001)))).toBe("file_too_large");
    expect((await beginUpload(owner.client, of(50_000_000))).status).toBe(201);
    expect((await beginUpload(owner.client, of(40_000_000))).status).toBe(201);
    expect(code(await beginUpload(owner.client, of(20_000_000)))).toBe("quota_exceeded");
    expect((await beginUpload(owner.client, of(1000))).status).toBe(201);
    expect(code(await beginUpload(owner.client, of(1000)))).toBe("too_many_uploads");
  });

  it("are taken from nobody without a session, nor from another site, nor without the protocol", async () => {
    const slug = await newProduct();
    const path = await begin(slug, "moon.pdf", PDF);
    const [visitor, foreign] = [app.visitor(), owner.client.from("https://evil.example")];
    for (const client of [visitor, foreign]) {
      const answers = [
        await beginUpload(client, { slug, name: "moon.pdf", bytes: PDF }),
        await sendPart(client, path, { offset: 0, bytes: PDF }),
        await cancelUpload(client, path),
      ];
      const refusal = client === visitor ? "unauthenticated" : "csrf_rejected";
      expect(answers.map(code)).toEqual([refusal, refusal, refusal]);
    }
    expect((await owner.client.patch(path, { json: {} })).status).toBe(415);
    const metadata = `product ${Buffer.from(slug).toString("base64")},name YQ==`;
    const headers = { "Upload-Length": "9", "Upload-Metadata": metadata };
    expect((await owner.client.post("/api/uploads", { headers: { "Upload-Length": "9" } })).status).toBe(400);
    expect((await owner.client.post("/api/uploads", { headers })).status).toBe(400);
    const concat = { ...headers, "Tus-Resumable": "1.0.0", "Upload-Concat": "partial" };
    expect((await owner.client.post("/api/uploads", { headers: concat })).status).toBe(400);
    expect(await unfinished(slug)).toHaveLength(1);
    expect(await offsetOf(owner.client, path)).toBe(0);
  });

  it("R150: are told that there is no room left, and keep what has arrived", async () => {
    const slug = await newProduct();
    const path = await begin(slug, "moon.bin", Buffer.alloc(10));
    await sendPart(owner.client, path, { offset: 0, bytes: Buffer.alloc(4) });
    const { fileStorage } = app.dependencies;
    const full = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    vi.spyOn(fileStorage, "append").mockRejectedValueOnce(full);
    const part = () => sendPart(owner.client, path, { offset: 4, bytes: Buffer.alloc(6) });
    expect(code(await part())).toBe("storage_full");
    vi.spyOn(fileStorage, "freeBytes").mockResolvedValueOnce(1_000_000);
    expect(code(await part())).toBe("storage_full");
    vi.spyOn(fileStorage, "freeBytes").mockResolvedValueOnce(1_000_000);
    expect(code(await beginUpload(owner.client, { slug, name: "moon.bin", bytes: PDF }))).toBe("storage_full");
    expect(await offsetOf(owner.client, path)).toBe(4);
    expect((await part()).status).toBe(204);
  });

  it("of another seller are not there", async () => {
    const slug = await newProduct();
    const path = await begin(slug, "moon.pdf", PDF);
    const [mine, theirs] = [owner, await app.signUp()];
    const client = theirs.client;
    expect(await offsetOf(client, path)).toBeNull();
    const tries = [
      () => sendPart(client, path, { offset: 0, bytes: PDF }),
      () => cancelUpload(client, path),
      () => client.post(`${path}/finish`),
      () => client.get(`/api/products/${slug}/uploads`),
      () => beginUpload(client, { slug, name: "moon.pdf", bytes: PDF }),
    ];
    for (const attempt of tries) expect((await attempt()).status).toBe(404);
    expect(await offsetOf(mine.client, path)).toBe(0);
  });

  it("are never served from where they are uploaded, and no other method is known there", async () => {
    const slug = await newProduct();
    const path = await begin(slug, "moon.html", PDF);
    await sendPart(owner.client, path, { offset: 0, bytes: PDF });
    await owner.client.post(`${path}/finish`);
    expect((await owner.client.get(path)).status).toBe(405);
    expect((await owner.client.put(path)).status).toBe(405);
    expect((await owner.client.get("/api/uploads")).status).toBe(405);
    expect((await cancelUpload(owner.client, path)).status).toBe(400);
    expect((await offsetOf(app.visitor(), path)) ?? "nothing").toBe("nothing");
  });

  it("have a part refused that lies about its place, or brings more than was announced", async () => {
    const slug = await newProduct();
    const path = await begin(slug, "moon.bin", Buffer.alloc(10));
    expect(code(await sendPart(owner.client, path, { offset: 5, bytes: Buffer.alloc(3) }))).toBe("upload_conflict");
    expect((await sendPart(owner.client, path, { offset: 0, bytes: Buffer.alloc(11) })).status).toBe(413);
    expect(await offsetOf(owner.client, path)).toBe(0);
    expect((await cancelUpload(owner.client, path)).status).toBe(204);
    expect(await offsetOf(owner.client, path)).toBeNull();
  });

  it("are taken in so many parts a minute, and go on then", async () => {
    const slug = await newProduct();
    const path = await begin(slug, "moon.bin", Buffer.alloc(10));
    const empty = () => sendPart(owner.client, path, { offset: 0, bytes: Buffer.alloc(0) });
    for (let count = 0; count < 20; count += 1) expect((await empty()).status).toBe(204);
    const refused = await empty();
    expect([code(refused), refused.headers["retry-after"]]).toEqual(["rate_limited", "60"]);
    app.clock.advance(60_000);
    expect((await empty()).status).toBe(204);
  });

  it("R153: leave nothing behind: neither abandoned uploads nor the bytes of a deleted product", async () => {
    const slug = await newProduct();
    await begin(slug, "abandoned.bin", Buffer.alloc(10));
    await uploadFile(owner.client, { slug, name: "moon.pdf", bytes: PDF });
    app.clock.advance(8 * 24 * 60 * 60_000);
    const { client } = await app.logIn(owner);
    await app.dependencies.workers.sweep.run();
    expect((await client.get<{ items: Upload[] }>(`/api/products/${slug}/uploads`)).json.items).toEqual([]);
    await client.delete(`/api/products/${slug}`, { headers: { "If-Match": "*" } });
    await app.dependencies.workers.sweep.run();
    const { fileStorage, database } = app.dependencies;
    const known = await database.read<{ id: string }>("select id from files", []);
    for await (const { id } of fileStorage.list("files")) expect(known.map((row) => row.id)).toContain(id);
  });
});
