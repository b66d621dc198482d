import { setTimeout as delay } from "node:timers/promises";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import express, { type Request, type Response } from "express";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Client, createClient } from "./client.ts";
import { createClock } from "./clock.ts";
import { createLatch } from "./latch.ts";
import { type Listening, listen } from "./listen.ts";

const bodyLatch = createLatch();
let server: Listening;
let client: Client;

interface Echo {
  method: string;
  url: string;
  headers: Record<string, string>;
  rawHeaders: string[];
  body: string;
}

beforeEach(async () => {
  const app = express();
  app.use(express.text({ type: () => true }));
  app.get("/set", (request: Request, response: Response) => {
    const lines = new URL(request.url, "http://x").searchParams.getAll("line");
    response.append("Set-Cookie", lines).end();
  });
  app.get("/slow-body", async (_: Request, response: Response) => {
    response.append("Set-Cookie", "early=1; Path=/");
    response.flushHeaders();
    await bodyLatch.wait();
    response.end("late");
  });
  app.get("/packed", (request: Request, response: Response) => {
    const packers = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };
    const encoding = request.get("Accept-Encoding") as keyof typeof packers;
    response.set("Content-Encoding", encoding).type("json").send(packers[encoding]('{"packed":true}'));
  });
  app.use((request: Request, response: Response) => {
    const { method, originalUrl: url, headers, rawHeaders } = request;
    response.json({ method, url, headers, rawHeaders, body: typeof request.body === "string" ? request.body : "" });
  });
  server = await listen(app);
  client = createClient({ url: server.url, publicUrl: "https://shop.example", behindTlsProxy: true });
});

afterEach(() => server.close());

/** Makes the server set these cookies. */
async function setCookies(by: Client, ...lines: string[]) {
  const query = lines.map((line) => `line=${encodeURIComponent(line)}`).join("&");
  return by.get(`/set?${query}`);
}

async function cookiesSent(
  by: Client,
  options?: Parameters<Client["get"]>[1],
  path = "/",
): Promise<string | undefined> {
  return (await by.get<Echo>(path, options)).json.headers.cookie;
}

test.each(["gzip", "deflate", "br"])("unpacks %s, as a browser does that asked for it", async (encoding) => {
  const answer = await client.get("/packed", { headers: { "Accept-Encoding": encoding } });
  expect(answer.json).toEqual({ packed: true });
  expect((await client.head("/packed", { headers: { "Accept-Encoding": encoding } })).text).toBe("");
});

test("sends what Chromium sends with a fetch from the site's own page", async () => {
  const { json } = await client.post<Echo>("/things", { json: { a: 1 } });
  expect(json.body).toBe('{"a":1}');
  expect(json.headers).toMatchObject({
    host: "shop.example",
    origin: "https://shop.example",
    "sec-fetch-site": "same-origin",
    "sec-fetch-mode": "cors",
    "sec-fetch-dest": "empty",
    "x-forwarded-proto": "https",
    "content-type": "application/json",
    "content-length": "7",
  });
  expect((await client.get<Echo>("/")).json.headers.origin).toBeUndefined();
});

test("says nothing of Sec-Fetch and of a proxy unless it is asked to", async () => {
  const old = createClient({ url: server.url, omitSecFetch: true });
  const { headers } = (await old.post<Echo>("/")).json;
  expect(Object.keys(headers).filter((name) => name.startsWith("sec-") || name.startsWith("x-"))).toEqual([]);
  expect(headers).toMatchObject({ host: server.url.slice("http://".length), origin: server.url });
});

test("speaks as a page of another origin, with the cookies that go along from there", async () => {
  await setCookies(
    client,
    "lax=1; Secure; SameSite=Lax",
    "strict=1; Secure; SameSite=Strict",
    "none=1; Secure; SameSite=None",
    "usual=1; Secure",
  );
  const evil = client.from("https://evil.example");
  expect(await cookiesSent(evil)).toBe("none=1");
  expect(await cookiesSent(evil, { mode: "no-cors", dest: "image" })).toBe("none=1");
  expect(await cookiesSent(evil, { mode: "navigate" })).toBe("lax=1; none=1; usual=1");
  expect(await cookiesSent(client)).toBe("lax=1; strict=1; none=1; usual=1");

  const { headers } = (await evil.post<Echo>("/", { mode: "navigate" })).json;
  expect(headers).toMatchObject({
    origin: "https://evil.example",
    "sec-fetch-site": "cross-site",
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
    "sec-fetch-user": "?1",
    cookie: "none=1",
  });
  expect((await evil.get<Echo>("/")).json.headers.origin).toBe("https://evil.example");
  expect((await client.from("null").post<Echo>("/")).json.headers).toMatchObject({
    origin: "null",
    "sec-fetch-site": "cross-site",
  });
  const sister = (await client.from("https://blog.shop.example").post<Echo>("/")).json.headers;
  expect(sister["sec-fetch-site"]).toBe("same-site");
});

test("a frame in a foreign page is no page that somebody opens: neither cookies nor a click of theirs go along", async () => {
  await setCookies(client, "lax=1; Secure; SameSite=Lax", "none=1; Secure; SameSite=None");
  const framed = { mode: "navigate", dest: "iframe" } as const;
  const evil = client.from("https://evil.example");
  expect(await cookiesSent(evil, framed)).toBe("none=1");
  expect(await cookiesSent(client, framed)).toBe("lax=1; none=1");
  const { headers } = (await evil.get<Echo>("/", framed)).json;
  expect(headers).toMatchObject({ "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" });
  expect(headers["sec-fetch-user"]).toBeUndefined();
  expect(headers.accept).toMatch(/^text\/html,/);
  await evil.get(`/set?line=${encodeURIComponent("planted=1; Secure; SameSite=Lax")}`, framed);
  expect(client.cookies.get("planted")).toBeUndefined();
});

test("an address that somebody typed comes from no site, and takes every cookie along", async () => {
  await setCookies(client, "strict=1; Secure; SameSite=Strict");
  const { headers } = (await client.from(null).get<Echo>("/")).json;
  expect(headers).toMatchObject({
    "sec-fetch-site": "none",
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
    cookie: "strict=1",
  });
  expect(headers.origin).toBeUndefined();
  expect(headers.accept).toMatch(/^text\/html,/);
});

test("says nothing of Sec-Fetch to a plain http site elsewhere", async () => {
  const plain = createClient({ url: server.url, publicUrl: "http://shop.example" });
  expect(Object.keys((await plain.get<Echo>("/")).json.headers).filter((name) => name.startsWith("sec-"))).toEqual([]);
  const local = createClient({ url: server.url, publicUrl: "http://localhost:3000" });
  expect((await local.get<Echo>("/")).json.headers["sec-fetch-site"]).toBe("same-origin");
});

test("a foreign page's fetch plants no Lax cookie", async () => {
  await setCookies(client.from("https://evil.example"), "planted=1; Secure; SameSite=Lax");
  expect(client.cookies.all()).toEqual([]);
});

test("keeps Secure and __Host- cookies as an https site may set them", async () => {
  const { setCookies: told } = await setCookies(
    client,
    "__Host-id=a; Path=/; Secure; HttpOnly; SameSite=Lax",
    "__Host-nopath=a; Secure; Path=/deep",
    "__Host-open=a; Path=/",
    "__Host-wide=a; Path=/; Secure; Domain=shop.example",
    "__Secure-open=a",
    "foreign=a; Domain=evil.example",
    "none=a; SameSite=None",
  );
  expect(told).toHaveLength(7);
  expect(client.cookies.all().map(({ name }) => name)).toEqual(["__Host-id"]);
  expect(client.cookies.get("__Host-id")).toMatchObject({
    httpOnly: true,
    secure: true,
    sameSite: "Lax",
    domain: null,
  });
});

test("drops Secure cookies on a plain http site, unless it is on this machine", async () => {
  const lines = ["__Host-id=a; Path=/; Secure", "secure=1; Secure", "open=1"];
  const plain = createClient({ url: server.url, publicUrl: "http://shop.example" });
  await setCookies(plain, ...lines);
  expect(plain.cookies.all().map(({ name }) => name)).toEqual(["open"]);
  for (const publicUrl of ["http://localhost:3000", "http://shop.localhost", "http://[::1]:3000", server.url]) {
    const local = createClient({ url: server.url, publicUrl });
    await setCookies(local, ...lines);
    expect(await cookiesSent(local)).toBe("__Host-id=a; secure=1; open=1");
  }
});

test("a cookie ends by its date or its age, by the given clock", async () => {
  const clock = createClock("2030-01-01T00:00:00Z");
  const timed = createClient({ url: server.url, now: clock.now });
  const date = new Date(clock.now() + 60_000).toUTCString();
  await setCookies(timed, "session=1", `dated=1; Expires=${date}`, `aged=1; Max-Age=120; Expires=${date}`);
  clock.advance("61s");
  expect(await cookiesSent(timed)).toBe("session=1; aged=1");
  clock.advance("60s");
  expect(await cookiesSent(timed)).toBe("session=1");
  await setCookies(timed, "session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
  expect(await cookiesSent(timed)).toBeUndefined();
});

test("no cookie is kept for longer than 400 days, whatever it asks for", async () => {
  const clock = createClock("2030-01-01T00:00:00Z");
  const timed = createClient({ url: server.url, now: clock.now });
  const lines = ["dated=1; Expires=Wed, 01 Jan 2098 00:00:00 GMT", "aged=1; Max-Age=99999999999"];
  await setCookies(timed, ...lines, "fair=1; Max-Age=34560000");
  expect(timed.cookies.all().map(({ endsAt }) => endsAt)).toEqual(Array(3).fill(clock.now() + 400 * 86_400_000));
  clock.advance("399d");
  expect(await cookiesSent(timed)).toBe("dated=1; aged=1; fair=1");
  clock.advance("1d");
  expect(await cookiesSent(timed)).toBeUndefined();
});

test("a cookie goes only below its path, the longest first", async () => {
  await setCookies(client, "root=1; Path=/", "deep=1; Path=/deep");
  expect(await cookiesSent(client, {}, "/deep/er?x=1")).toBe("deep=1; root=1");
  expect(await cookiesSent(client, {}, "/deeper")).toBe("root=1");
});

test("a cookie of the host alone and one of the whole domain are two, whatever their name", async () => {
  const [own, wide] = ["id=own; Path=/; Secure", "id=wide; Path=/; Secure; Domain=shop.example"];
  await setCookies(client, own, wide);
  expect(await cookiesSent(client)).toBe("id=own; id=wide");
  await setCookies(client, own.replace("own", "newer"));
  expect(await cookiesSent(client)).toBe("id=newer; id=wide");
  await setCookies(client, `${wide}; Max-Age=0`);
  expect(await cookiesSent(client)).toBe("id=newer");
});

test.each([
  ["http://shop.example", "example"],
  ["http://shop.example", "www.shop.example"],
])("%s may set no cookie for %s", async (publicUrl, domain) => {
  const shop = createClient({ url: server.url, publicUrl });
  await setCookies(shop, `id=a; Domain=${domain}`);
  expect(shop.cookies.all()).toEqual([]);
});

test.each(["http://localhost:3000", "http://127.0.0.1:3000"])(
  "the domain of %s is the host alone",
  async (publicUrl) => {
    const local = createClient({ url: server.url, publicUrl });
    await setCookies(local, "id=a", `id=b; Domain=${new URL(publicUrl).hostname}`);
    expect(await cookiesSent(local)).toBe("id=b");
  },
);

test("a cookie of the domain above is another one again", async () => {
  const shop = createClient({ url: server.url, publicUrl: "https://www.shop.example" });
  await setCookies(shop, "id=a; Domain=www.shop.example; Secure", "id=b; Domain=.Shop.example; Secure");
  expect(await cookiesSent(shop)).toBe("id=a; id=b");
  expect(shop.cookies.all().map(({ domain }) => domain)).toEqual(["www.shop.example", "shop.example"]);
});

test("cookies can be planted, thrown away and brought back", async () => {
  client.cookies.set("id", "old");
  const before = client.cookies.snapshot();
  client.cookies.set("id", "new");
  client.cookies.set("other", "1");
  client.cookies.delete("other");
  expect(await cookiesSent(client)).toBe("id=new");
  client.cookies.restore(before);
  expect(await cookiesSent(client)).toBe("id=old");
  client.cookies.clear();
  expect(await cookiesSent(client)).toBeUndefined();
});

test("a cookie's value is replaced, and the rest of it stays", async () => {
  await setCookies(client, "__Host-id=old; Path=/; Secure; HttpOnly; Max-Age=60");
  const before = client.cookies.get("__Host-id");
  client.cookies.replace("__Host-id", "new");
  expect(client.cookies.get("__Host-id")).toEqual({ ...before, value: "new" });
  expect(await cookiesSent(client)).toBe("__Host-id=new");
  expect(() => client.cookies.replace("other", "1")).toThrow("There is no cookie other, only: __Host-id");
});

test.each(["s%3Aabc.DEF%2Fghi%3D", "aaaa", "b", "....x....", "%2Fa%2F"])(
  "tampering with %s changes one of its letters or digits",
  async (value) => {
    client.cookies.set("id", value);
    client.cookies.tamper("id");
    const tampered = client.cookies.get("id")?.value ?? "";
    expect(tampered).toHaveLength(value.length);
    const changed = [...tampered].filter((letter, place) => letter !== value[place]);
    expect(changed).toHaveLength(1);
    expect(tampered.match(/%[\dA-F]{2}/g)).toEqual(value.match(/%[\dA-F]{2}/g));
    expect(await cookiesSent(client)).toBe(`id=${tampered}`);
  },
);

test("there has to be something to tamper with", () => {
  expect(() => client.cookies.tamper("id")).toThrow("There is no cookie id, only: none");
  client.cookies.set("id", "%2F..");
  expect(() => client.cookies.tamper("id")).toThrow("no letter or digit");
});

test("a twin begins with the same cookies, or with saved ones, and goes its own way", async () => {
  client.cookies.set("id", "first");
  const saved = client.cookies.snapshot();
  const twin = client.twin();
  client.cookies.set("id", "second");
  twin.cookies.set("own", "1");
  expect(await cookiesSent(twin)).toBe("id=first; own=1");
  expect(await cookiesSent(client)).toBe("id=second");
  expect(await cookiesSent(client.twin(saved))).toBe("id=first");
  const { headers } = (await client.from("https://evil.example").twin().post<Echo>("/")).json;
  expect(headers).toMatchObject({ origin: "https://evil.example", host: "shop.example" });
});

test("somebody who looks at every answer can refuse it, on other pages and in twins as well", async () => {
  const seen: string[] = [];
  const watched = createClient({
    url: server.url,
    onAnswer({ status, headers }, { method, path }) {
      seen.push(`${method} ${path} ${status}`);
      if (headers["set-cookie"]) throw new Error("no cookies, please");
    },
  });
  await watched.put("/thing");
  await watched.from("https://evil.example").get("/a");
  await watched.twin().get("/b");
  await expect(setCookies(watched, "a=1")).rejects.toThrow("no cookies, please");
  expect(seen).toEqual(["PUT /thing 200", "GET /a 200", "GET /b 200", "GET /set?line=a%3D1 200"]);
});

test("a test can forge, double and leave out every header", async () => {
  client.cookies.set("id", "jar");
  const { json } = await client.post<Echo>("/", {
    body: '{"broken',
    headers: {
      Cookie: "id=one; id=two",
      Origin: null,
      "sec-fetch-site": "none",
      "Content-Type": "text/odd",
      "X-Twice": ["a", "b"],
    },
  });
  expect(json.headers).toMatchObject({
    cookie: "id=one; id=two",
    "sec-fetch-site": "none",
    "content-type": "text/odd",
  });
  expect(json.headers.origin).toBeUndefined();
  expect(json.rawHeaders.filter((name) => name === "X-Twice")).toHaveLength(2);
  expect(json.body).toBe('{"broken');
});

test("odd methods and crooked paths go out as they stand", async () => {
  const { json } = await client.request<Echo>({ method: "PROPFIND", path: "//evil/..%2f/%zz/./?a=%20#x" });
  expect(json).toMatchObject({ method: "PROPFIND", url: "//evil/..%2f/%zz/./?a=%20#x" });
});

test("tells when headers have arrived, with the cookies in the jar and the body still under way", async () => {
  const events: string[] = [];
  const answer = client.get("/slow-body", {
    onHeaders({ status }) {
      events.push(`${status} ${client.cookies.get("early")?.value}`);
      bodyLatch.open();
    },
  });
  expect((await answer).text).toBe("late");
  expect(events).toEqual(["200 1"]);
});

test("a request can be held back by its last byte, from when the server has its headers", async () => {
  const held = await client.hold<Echo>({ method: "POST", path: "/echo", json: { name: "Ada" } });
  const isAnswered = await Promise.race([held.answer.then(() => true), delay(100, false)]);
  expect(isAnswered).toBe(false);
  expect((await held.release()).json).toMatchObject({ method: "POST", body: '{"name":"Ada"}' });
});

test("an answer that is not JSON has none", async () => {
  const answer = await client.get("/set");
  expect(answer).toMatchObject({ status: 200, text: "", json: undefined });
});

test("closing the server ends an answer that is under way", async () => {
  const stuck = await listen(() => {});
  const asking = createClient({ url: stuck.url }).get("/");
  const refused = expect(asking).rejects.toThrow(/socket hang up|ECONNRESET/);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await stuck.close();
  await refused;
  await stuck.close();
});
