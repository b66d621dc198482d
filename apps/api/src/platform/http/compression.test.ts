import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rawAnswer } from "../../../test/raw-answer.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { createTestApp, type TestApp } from "../../../test/test-app.ts";

/** 400 KB that compress to half of that. */
const SCRIPT = Array.from({ length: 8000 }, () => `export const a${Math.random()} = ${Math.random()};`).join("\n");
const UNPACK = { br: brotliDecompressSync, gzip: gunzipSync, identity: (content: Buffer) => content };

describe("answers are compressed", () => {
  const folder = temporaryFolder();
  let app: TestApp;
  beforeAll(async () => {
    mkdirSync(join(folder.path, "assets"));
    writeFileSync(join(folder.path, "index.html"), `<!doctype html>${"<p>A page.</p>".repeat(100)}`);
    writeFileSync(join(folder.path, "assets/large-1a2b3c.js"), SCRIPT);
    writeFileSync(join(folder.path, "assets/large-1a2b3c.js.br"), brotliCompressSync(SCRIPT));
    writeFileSync(join(folder.path, "assets/large-1a2b3c.js.gz"), gzipSync(SCRIPT));
    writeFileSync(join(folder.path, "assets/bare-1a2b3c.js"), SCRIPT);
    writeFileSync(join(folder.path, "assets/small-1a2b3c.js"), "export {};");
    app = await createTestApp({ webAppFolder: folder.path });
  });
  afterAll(async () => {
    await app.close();
    folder.remove();
  });

  it.each([
    ["gzip, deflate, br, zstd", "br"],
    ["br;q=0, gzip", "gzip"],
    ["gzip", "gzip"],
    ["*", "br"],
    ["zstd", "identity"],
    ["identity", "identity"],
  ] as const)("a file as the client takes it: %s is answered with %s", async (accepted, coding) => {
    const headers = { "Accept-Encoding": accepted };
    const answer = await rawAnswer(app.url, "/assets/large-1a2b3c.js", { headers });
    expect(answer.headers["content-encoding"]).toBe(coding === "identity" ? undefined : coding);
    expect(answer.headers["content-length"]).toBe(String(answer.body.length));
    expect(answer.headers.vary).toBe("Accept-Encoding");
    expect(UNPACK[coding](answer.body).toString()).toBe(SCRIPT);
    const head = await rawAnswer(app.url, "/assets/large-1a2b3c.js", { method: "HEAD", headers });
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect(head.headers["content-length"]).toBe(answer.headers["content-length"]);
  });

  it.each(["/assets/large-1a2b3c.js.br", "/assets/large-1a2b3c.js.gz"])(
    "%s has no address of its own",
    async (path) => {
      expect((await rawAnswer(app.url, path)).status).toBe(404);
    },
  );

  it("R111: a file whose forms the build has not made is sent as it is, and never compressed here", async () => {
    const headers = { "Accept-Encoding": "br, gzip" };
    const answer = await rawAnswer(app.url, "/assets/bare-1a2b3c.js", { headers });
    expect([answer.headers["content-encoding"], answer.body.toString()]).toEqual([undefined, SCRIPT]);
  });

  it("a form is not sent again to who has it", async () => {
    const headers = { "Accept-Encoding": "br" };
    const { etag, "last-modified": lastModified } = (await rawAnswer(app.url, "/assets/large-1a2b3c.js", { headers }))
      .headers;
    for (const condition of [{ "If-None-Match": String(etag) }, { "If-Modified-Since": String(lastModified) }]) {
      const answer = await rawAnswer(app.url, "/assets/large-1a2b3c.js", { headers: { ...headers, ...condition } });
      expect([answer.status, answer.body.length, answer.headers.vary]).toEqual([304, 0, "Accept-Encoding"]);
    }
  });

  it("the document by gzip, at once", async () => {
    const answer = await rawAnswer(app.url, "/login", { headers: { "Accept-Encoding": "br, gzip" } });
    expect([answer.headers["content-encoding"], answer.headers.vary]).toEqual(["gzip", "Accept-Encoding"]);
    expect(gunzipSync(answer.body).toString()).toContain("<p>A page.</p>");
  });

  it("but what fits into a packet is not", async () => {
    const { headers, body } = await rawAnswer(app.url, "/assets/small-1a2b3c.js", {
      headers: { "Accept-Encoding": "br, gzip" },
    });
    expect([headers["content-encoding"], headers.vary, body.toString()]).toEqual([
      undefined,
      "Accept-Encoding",
      "export {};",
    ]);
  });

  it("JSON as gzip alone: brotli takes megabytes for each answer", async () => {
    const answer = await rawAnswer(app.url, "/api/openapi.json", { headers: { "Accept-Encoding": "br, gzip" } });
    expect([answer.headers["content-encoding"], answer.headers.vary]).toEqual(["gzip", "Accept-Encoding"]);
    expect(JSON.parse(gunzipSync(answer.body).toString())).toHaveProperty("openapi");
    const plain = await rawAnswer(app.url, "/api/openapi.json", { headers: { "Accept-Encoding": "br" } });
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect(JSON.parse(plain.body.toString())).toHaveProperty("openapi");
  });

  it.each(["/assets/large-1a2b3c.js", "/api/docs", "/api/openapi.json"])(
    "%s once for everybody: hundreds of answers that nobody reads take no memory",
    async (path) => {
      await rawAnswer(app.url, path, { headers: { "Accept-Encoding": "br, gzip" } });
      const memoryBefore = process.memoryUsage.rss();
      const { end } = await askUnread(path, 300);
      const taken = process.memoryUsage.rss() - memoryBefore;
      end();
      expect(taken / 2 ** 20).toBeLessThan(80);
    },
  );

  /** Sends many requests over one connection that is never read, and waits until memory stops growing. */
  async function askUnread(path: string, times: number): Promise<{ end(): void }> {
    const socket = connect(Number(new URL(app.url).port), "127.0.0.1").pause();
    socket.write(`GET ${path} HTTP/1.1\r\nHost: shop.example\r\nAccept-Encoding: br, gzip\r\n\r\n`.repeat(times));
    for (let memory = 0, round = 0; round < 20; round += 1) {
      await setTimeout(100);
      const now = process.memoryUsage.rss();
      if (round > 4 && now <= memory) break;
      memory = now;
    }
    return { end: () => socket.destroy() };
  }
});
