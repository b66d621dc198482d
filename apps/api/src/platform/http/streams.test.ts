import { createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";
import { endpoint } from "@yumroad/contract";
import { type Listening, listen } from "@yumroad/testkit";
import express from "express";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createTestApp, type Person, type TestApp } from "../../../test/test-app.ts";
import type { ByteRange } from "./byte-range.ts";
import { cookieSettings } from "./cookies.ts";
import { createHttpServer } from "./http-server.ts";
import { answerProblem } from "./problem.ts";
import { logRequests } from "./request-log.ts";
import { createServe } from "./serve.ts";
import { createSessions, type Sessions } from "./session.ts";

// Tests the features that no endpoint of the contract uses yet, with endpoints defined here.

const SIZE = 300_000;
const STALL = 300;
const CONTENT = randomBytes(20 * 1024 * 1024);
const SECRET = "the secret that the other server signs with";
const WRITTEN = { summary: "x", problems: [] } as const;

const upload = endpoint({
  ...WRITTEN,
  method: "POST",
  path: "/test/upload",
  access: "user",
  rawBody: { media: ["application/pdf", "application/zip"], as: "stream" },
  bodySize: SIZE,
  bodyTime: 1500,
  success: { status: 204, body: null },
});
const download = endpoint({
  ...WRITTEN,
  method: "GET",
  path: "/test/download",
  access: "user",
  success: { status: 200, body: null, media: "application/pdf" },
  problems: ["range_not_satisfiable"],
});
const webhook = endpoint({
  ...WRITTEN,
  method: "POST",
  path: "/test/webhook",
  access: "public",
  rawBody: { media: ["application/json"], as: "bytes" },
  bodySize: 20_000,
  success: { status: 204, body: null },
});
const careless = endpoint({ ...upload, path: "/test/careless" });

let app: TestApp;
let server: Listening;
let person: Person;
/** Uploads as handlers have seen them: the bytes that arrived, and if the body was valid. */
let arrived: { bytes: number; isGood: boolean };
/** Downloads: the bytes that were read of the content, its streams, and a surplus. */
let sent: { bytes: number; sources: Readable[]; content: Buffer; surplus: Buffer | null };
let mayGoOn: () => Promise<boolean>;
let delivered: Buffer[];

beforeAll(async () => {
  app = await createTestApp({ limits: { bodyStall: STALL } });
  person = await app.signUp();
  server = await listen(createHttpServer(createStreamingApp()));
});
afterAll(async () => {
  await server.close();
  await app.close();
});
beforeEach(() => {
  arrived = { bytes: 0, isGood: false };
  sent = { bytes: 0, sources: [], content: CONTENT, surplus: null };
  mayGoOn = async () => true;
  delivered = [];
  app.logs.clear();
});

function createStreamingApp(): express.Express {
  const { config, dependencies } = app;
  const { database, clock, limits, rateLimiter, sessionStore: store, logger } = dependencies;
  const cookies = cookieSettings(config.publicUrl);
  const sessions: Sessions = createSessions({ store, cookies, secrets: config.sessionSecrets, clock, limits });
  const site = { publicOrigin: config.publicUrl.origin, isLocalDemo: false, maySell: async () => true };
  const streaming = express();
  streaming.set("trust proxy", 1).set("etag", false);
  streaming.use(logRequests(streaming, logger));
  const { serve } = createServe({ app: streaming, sessions, limits, rateLimiter, database, clock, ...site }, {});

  serve(upload, async ({ body }) => {
    await pipeline(body, async (chunks) => {
      for await (const chunk of chunks) arrived.bytes += chunk.length;
    });
    arrived.isGood = true;
    return { body: undefined };
  });
  serve(careless, async ({ body }) => {
    body.once("data", () => body.pause());
    await once(body, "data");
    return { body: undefined };
  });
  serve(download, () => ({
    body: undefined,
    file: {
      name: "book.pdf",
      content: { size: CONTENT.length, etag: '"edition-1"', open: openContent },
      mayGoOn: () => mayGoOn(),
    },
  }));
  serve(webhook, async ({ body, req }) => {
    if (req.get("Signature") !== signatureOf(body)) throw new Error("A forged event");
    delivered.push(body);
    return { body: undefined };
  });
  streaming.use(answerProblem);
  return streaming;
}

function openContent({ start, end }: ByteRange): Readable {
  async function* pieces() {
    for (let at = start; at <= end; at += 65_536) {
      const piece = sent.content.subarray(at, Math.min(at + 65_536, end + 1));
      sent.bytes += piece.length;
      if (piece.length > 0) yield piece;
    }
    if (sent.surplus) yield sent.surplus;
  }
  const source = Readable.from(pieces(), { objectMode: false });
  sent.sources.push(source);
  return source;
}

function signatureOf(bytes: Buffer): string {
  return createHmac("sha256", SECRET).update(bytes).digest("hex");
}

type Headers = Record<string, string>;

function cookieOf({ client }: Person): string {
  return `__Host-yumroad=${client.cookies.get("__Host-yumroad")?.value}`;
}

interface Sent {
  outgoing: ClientRequest;
  answer: Promise<IncomingMessage>;
}

/** Begins a request as a page of the shop does; the test writes its body. */
function begin(method: string, path: string, headers: Headers = {}): Sent {
  const { hostname, port } = new URL(server.url);
  const ours = { Cookie: cookieOf(person), Origin: "https://shop.example", "X-Forwarded-Proto": "https" };
  const outgoing = request({ hostname, port, path, method, headers: { ...ours, ...headers }, agent: false });
  // The server ends some connections during a request.
  outgoing.on("error", () => {});
  const answer = once(outgoing, "response").then(([incoming]) => incoming as IncomingMessage);
  answer.catch(() => {});
  return { outgoing, answer };
}

async function send(method: string, path: string, { headers = {}, body = null as Buffer | null } = {}) {
  const { outgoing, answer } = begin(method, path, headers);
  outgoing.end(body ?? undefined);
  return read(await answer);
}

async function read(answer: IncomingMessage) {
  const body = await buffer(answer);
  const isProblem = answer.headers["content-type"]?.startsWith("application/problem+json") ?? false;
  const problem = isProblem ? (JSON.parse(body.toString()) as { code: string; detail?: string }) : null;
  return { status: answer.statusCode, headers: answer.headers, body, problem };
}

const PDF = { "Content-Type": "application/pdf" };
const CHUNKED = { ...PDF, "Transfer-Encoding": "chunked" };

describe("a body that is a stream", () => {
  it.each([
    ["with its length", PDF],
    ["without", CHUNKED],
    ["of another of its media types", { "Content-Type": "application/zip; v=1" }],
  ])("is handed over as it was sent, %s", async (_, headers) => {
    expect((await send("POST", upload.path, { headers, body: CONTENT.subarray(0, SIZE) })).status).toBe(204);
    expect(arrived).toEqual({ bytes: SIZE, isGood: true });
  });

  it("may be empty", async () => {
    expect((await send("POST", upload.path, { headers: PDF })).status).toBe(204);
    expect(arrived).toEqual({ bytes: 0, isGood: true });
  });

  it("arrives while it is sent", async () => {
    const { outgoing, answer } = begin("POST", upload.path, CHUNKED);
    outgoing.write(CONTENT.subarray(0, 1000));
    await expect.poll(() => arrived.bytes).toBe(1000);
    outgoing.end(CONTENT.subarray(0, 1));
    expect((await answer).statusCode).toBe(204);
  });

  it.each([
    ["another media type", { "Content-Type": "text/html" }],
    ["no media type", {}],
    ["a coding", { ...PDF, "Content-Encoding": "gzip" }],
  ])("is refused with %s", async (_, headers) => {
    const { status, problem } = await send("POST", upload.path, { headers, body: Buffer.from("x") });
    expect([status, problem]).toMatchObject([
      415,
      { code: "unsupported_media_type", detail: "Send application/pdf or application/zip, not encoded" },
    ]);
  });

  it("is refused before any of it is read when it says that it is too long", async () => {
    const { outgoing, answer } = begin("POST", upload.path, { ...PDF, "Content-Length": String(SIZE + 1) });
    outgoing.flushHeaders();
    expect((await answer).statusCode).toBe(413);
    expect(arrived.bytes).toBe(0);
    outgoing.destroy();
  });

  it("is refused as soon as it is too long; the rest is read and forgotten, so that the connection lives on", async () => {
    const socket = connect({ port: server.port, host: "127.0.0.1" });
    const head = `POST ${upload.path} HTTP/1.1\r\nHost: shop.example\r\nX-Forwarded-Proto: https\r\nCookie: ${cookieOf(person)}\r\nOrigin: https://shop.example\r\nContent-Type: application/pdf\r\n`;
    socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n`);
    for (let sent = 0; sent < 20; sent += 1) {
      socket.write(`${SIZE.toString(16)}\r\n`);
      socket.write(CONTENT.subarray(0, SIZE));
      socket.write("\r\n");
    }
    socket.write(`0\r\n\r\n${head}Connection: close\r\nContent-Length: 0\r\n\r\n`);
    const answers = (await buffer(socket)).toString();
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 413", "HTTP/1.1 204"]);
    // The total of both requests: the second one is empty.
    expect(arrived.bytes).toBeLessThanOrEqual(SIZE);
  });

  it("is a 408 when its sender pauses for too long, and the connection ends", async () => {
    const { outgoing, answer } = begin("POST", upload.path, CHUNKED);
    outgoing.write(CONTENT.subarray(0, 1000));
    const { status, headers, problem } = await read(await answer);
    expect([status, problem?.code, headers.connection]).toEqual([408, "request_timeout", "close"]);
    expect(arrived).toEqual({ bytes: 1000, isGood: false });
  });

  it("is a 408 when it keeps coming and takes too long in all", async () => {
    const { outgoing, answer } = begin("POST", upload.path, CHUNKED);
    const dripping = setInterval(() => outgoing.write("x"), STALL / 4);
    expect((await answer).statusCode).toBe(408);
    clearInterval(dripping);
    expect(arrived.bytes).toBeGreaterThan(5);
  });

  it("is not good when its client goes away in the middle, and that is no fault of the server", async () => {
    const { outgoing } = begin("POST", upload.path, { ...PDF, "Content-Length": "5000" });
    outgoing.write(CONTENT.subarray(0, 1000));
    await expect.poll(() => arrived.bytes).toBe(1000);
    outgoing.destroy();
    await expect.poll(() => app.logs.text).toContain("request aborted");
    expect(arrived.isGood).toBe(false);
    expect(app.logs.text).not.toContain("request failed");
  });

  it("is refused before any of it is read from somebody who is not logged in", async () => {
    const { outgoing, answer } = begin("POST", upload.path, { ...CHUNKED, Cookie: "" });
    outgoing.write(CONTENT.subarray(0, 1000));
    expect((await answer).statusCode).toBe(401);
    expect(arrived.bytes).toBe(0);
    outgoing.destroy();
  });

  it("R17: is not good when its session has ended while it was sent", async () => {
    // A user's sessions are distinguished by their login time.
    app.clock.advance("1s");
    const leaving = await app.logIn(person);
    const { outgoing, answer } = begin("POST", upload.path, { ...CHUNKED, Cookie: cookieOf(leaving) });
    outgoing.write(CONTENT.subarray(0, 1000));
    await expect.poll(() => arrived.bytes).toBe(1000);
    await leaving.client.post("/api/auth/logout");
    outgoing.end(CONTENT.subarray(0, 1000));
    expect((await read(await answer)).problem?.code).toBe("unauthenticated");
    expect(arrived).toEqual({ bytes: 2000, isGood: false });
  });

  it("is good when its session goes on under another id meanwhile", async () => {
    const { outgoing, answer } = begin("POST", upload.path, CHUNKED);
    outgoing.write(CONTENT.subarray(0, 1000));
    await expect.poll(() => arrived.bytes).toBe(1000);
    const json = { password: person.password };
    expect((await person.client.post("/api/account/reauthenticate", { json })).status).toBe(200);
    outgoing.end();
    expect((await answer).statusCode).toBe(204);
  });

  it("comes from our own pages alone", async () => {
    const headers = { ...PDF, Origin: "https://evil.example" };
    const answer = await send("POST", upload.path, { headers, body: CONTENT.subarray(0, 10) });
    expect([answer.problem?.code, arrived.bytes]).toEqual(["csrf_rejected", 0]);
  });

  it("has to be read to its end by its handler", async () => {
    const answer = await send("POST", careless.path, { headers: PDF, body: CONTENT.subarray(0, SIZE) });
    expect(answer.problem?.code).toBe("internal_error");
    expect(app.logs.text).toContain("A streamed body has to be read to its end");
  });
});

describe("a file of which parts can be asked for", () => {
  const get = (headers: Headers = {}) => send("GET", download.path, { headers });
  const last = CONTENT.length - 1;

  it("is sent as a whole, and says that parts can be had", async () => {
    const { status, headers, body } = await get();
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "accept-ranges": "bytes",
      "content-length": String(CONTENT.length),
      "content-type": "application/pdf",
      "content-disposition": 'attachment; filename="book.pdf"',
      "cache-control": "no-store",
      etag: '"edition-1"',
    });
    expect(headers["content-range"]).toBeUndefined();
    expect(body.equals(CONTENT)).toBe(true);
  });

  it.each([
    ["bytes=0-99", 0, 99],
    ["bytes=100-", 100, last],
    ["bytes=-500", last - 499, last],
    ["BYTES=1-1", 1, 1],
    [`bytes=${last}-99999999999999999999`, last, last],
    ["bytes=-99999999999999999999", 0, last],
  ])("sends of %s that part", async (range, start, end) => {
    const { status, headers, body } = await get({ Range: range });
    expect([status, headers["content-range"]]).toEqual([206, `bytes ${start}-${end}/${CONTENT.length}`]);
    expect(headers["content-length"]).toBe(String(end - start + 1));
    expect(body.equals(CONTENT.subarray(start, end + 1))).toBe(true);
  });

  it.each([`bytes=${CONTENT.length}-`, "bytes=-0", "bytes=99999999999999999999-"])(
    "has no part %s, and says how long it is",
    async (range) => {
      const { status, headers, problem } = await get({ Range: range });
      expect([status, problem?.code]).toEqual([416, "range_not_satisfiable"]);
      expect(headers["content-range"]).toBe(`bytes */${CONTENT.length}`);
      expect([headers.etag, headers["content-disposition"]]).toEqual([undefined, undefined]);
      expect(sent.bytes).toBe(0);
    },
  );

  it.each(["bytes=5-4", "bytes=-", "bytes=a-b", "bytes=0-1,5-6", "lines=0-1", "bytes 0-1", ""])(
    "is sent as a whole for %j, which asks for no one part",
    async (range) => {
      const { status, body } = await get({ Range: range });
      expect([status, body.length]).toEqual([200, CONTENT.length]);
    },
  );

  it.each([
    ['"edition-1"', 206],
    ['"edition-0"', 200],
    ['W/"edition-1"', 200],
    [new Date().toUTCString(), 200],
  ])("goes on only for the same edition: If-Range %s is a %d", async (condition, status) => {
    expect((await get({ Range: "bytes=0-99", "If-Range": condition })).status).toBe(status);
  });

  it("is not sent again to a client that has it", async () => {
    const { status, body } = await get({ "If-None-Match": '"edition-1"' });
    expect([status, body.length, sent.bytes]).toEqual([304, 0, 0]);
  });

  it("tells HEAD how long it is, without a part, and reads none of it", async () => {
    const { status, headers, body } = await send("HEAD", download.path, { headers: { Range: "bytes=0-99" } });
    expect([status, headers["content-length"], headers["content-range"]]).toEqual([
      200,
      String(CONTENT.length),
      undefined,
    ]);
    expect([headers["accept-ranges"], body.length, sent.bytes]).toEqual(["bytes", 0, 0]);
  });

  it("is read no faster than its reader reads, and closed when that one goes away", async () => {
    const { outgoing, answer } = begin("GET", download.path);
    outgoing.end();
    (await answer).pause();
    await delay(300);
    // The system buffers some megabytes of a connection; the file has 20.
    expect(sent.bytes).toBeLessThan(CONTENT.length / 2);
    outgoing.destroy();
    await expect.poll(() => sent.sources[0]?.destroyed).toBe(true);
    await expect.poll(() => app.logs.text).toContain("request aborted");
    expect(app.logs.text).not.toContain("request failed");
  });

  it("is cut off when it is no longer theirs who asked", async () => {
    mayGoOn = async () => false;
    const { outgoing, answer } = begin("GET", download.path);
    outgoing.end();
    const incoming = await answer;
    incoming.pause();
    await expect.poll(() => sent.sources[0]?.destroyed, { timeout: 5000 }).toBe(true);
    await expect(buffer(incoming)).rejects.toThrow("aborted");
  });

  it.each([
    ["shorter", { content: CONTENT.subarray(0, 200_000) }],
    ["longer", { surplus: Buffer.alloc(1) }],
  ])("that turns out %s than it said is cut off, and not taken for the whole", async (_, change) => {
    Object.assign(sent, change);
    await expect(get({ Range: "bytes=0-299999" })).rejects.toThrow("aborted");
    expect(app.logs.text).toContain("The content is not as long as it was said to be");
  });

  it("is for users alone", async () => {
    expect((await get({ Cookie: "" })).status).toBe(401);
  });
});

describe("a body that is bytes", () => {
  // Bytes that no JSON serializer would reproduce.
  const EVENT = Buffer.from('{ "amount":1e2, "amount" : 100.0,\r\n "note":"\\u00e9\u00e9" }');
  const JSON_TYPE = { "Content-Type": "application/json; charset=utf-8" };
  /** Another server instead of a page or a browser. */
  const ofServer = (bytes: Buffer) => ({
    ...JSON_TYPE,
    Cookie: "",
    Origin: "",
    Signature: signatureOf(bytes),
  });

  async function deliver(body: Buffer, headers: Headers = ofServer(body)) {
    const { hostname, port } = new URL(server.url);
    const given = Object.entries({ "X-Forwarded-Proto": "https", ...headers }).filter(([, value]) => value !== "");
    const outgoing = request({
      hostname,
      port,
      path: webhook.path,
      method: "POST",
      headers: Object.fromEntries(given),
    });
    const answer = once(outgoing, "response");
    outgoing.end(body);
    return read((await answer)[0] as IncomingMessage);
  }

  it("is handed over byte for byte, so that its signature holds", async () => {
    expect((await deliver(EVENT)).status).toBe(204);
    expect(delivered).toEqual([EVENT]);
  });

  it("need not be JSON, nor UTF-8, nor there", async () => {
    for (const body of [Buffer.from("{"), Buffer.from([0xff, 0xfe, 0]), Buffer.alloc(0)]) {
      expect((await deliver(body)).status).toBe(204);
    }
    expect(delivered.map(({ length }) => length)).toEqual([1, 3, 0]);
  });

  it("asks no session store, which may be away", async () => {
    const load = vi.spyOn(app.dependencies.sessionStore, "get");
    await deliver(EVENT, { ...ofServer(EVENT), Cookie: "" });
    expect(load).not.toHaveBeenCalled();
  });

  it("comes from a server, which says neither where it is from nor who it is; a page of another site is refused", async () => {
    const page = { ...ofServer(EVENT), Origin: "https://evil.example" };
    expect((await deliver(EVENT, page)).problem?.code).toBe("csrf_rejected");
    expect((await deliver(EVENT, { ...ofServer(EVENT), Cookie: "a=b" })).problem?.code).toBe("csrf_rejected");
    expect(delivered).toEqual([]);
  });

  it("has a size of its own, a media type, and a time", async () => {
    expect((await deliver(Buffer.alloc(20_000))).status).toBe(204);
    expect((await deliver(Buffer.alloc(20_001))).problem?.code).toBe("payload_too_large");
    const form = { ...ofServer(EVENT), "Content-Type": "application/x-www-form-urlencoded" };
    expect((await deliver(EVENT, form)).problem?.code).toBe("unsupported_media_type");
    const { outgoing, answer } = begin("POST", webhook.path, { ...JSON_TYPE, "Transfer-Encoding": "chunked" });
    outgoing.write("{");
    expect((await answer).statusCode).toBe(408);
  });
});
