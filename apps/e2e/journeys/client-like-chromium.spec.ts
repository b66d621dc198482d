import type { IncomingHttpHeaders, RequestListener } from "node:http";
import { type Cookie, expect, type Page, test } from "@playwright/test";
import { type Client, createClient, type Listening, listen, type StoredCookie } from "@yumroad/testkit";

// Proves that the test kit's client behaves as Chromium does: both do the same, and a server compares.

const COOKIES = [
  "lax=1; Path=/; SameSite=Lax",
  "strict=1; Path=/; SameSite=Strict",
  "none=1; Path=/; SameSite=None; Secure",
  "none-open=1; Path=/; SameSite=None",
  "secure=1; Path=/; Secure; SameSite=Lax",
  "__Host-id=1; Path=/; Secure; SameSite=Lax",
  "__Host-deep=1; Path=/deep; Secure; SameSite=Lax",
  "__Host-open=1; Path=/; SameSite=Lax",
  "__Secure-id=1; Path=/; Secure; SameSite=Lax",
  "__Secure-open=1; Path=/; SameSite=Lax",
  "deep=1; Path=/deep; SameSite=Lax",
  "over=1; Path=/; Max-Age=0; SameSite=Lax",
  "dated=1; Path=/; Expires=Wed, 01 Jan 2098 00:00:00 GMT; SameSite=Lax",
  "aged=1; Path=/; Max-Age=99999999999; SameSite=Lax",
  "tossed=host; Path=/; SameSite=Lax",
  "tossed=domain; Path=/; Domain=shop.localhost; SameSite=Lax",
  "tossed=deep; Path=/deep; Domain=shop.localhost; SameSite=Lax",
  "wide=1; Path=/; Domain=localhost; SameSite=Lax",
];

const COMPARED = [
  "cookie",
  "origin",
  "sec-fetch-site",
  "sec-fetch-mode",
  "sec-fetch-dest",
  "sec-fetch-user",
  "content-length",
];

let asked: Map<string, IncomingHttpHeaders>;
let server: Listening;
let site: string;
let sister: string;
let foreign: string;

const app: RequestListener = (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://x");
  const id = searchParams.get("id");
  if (id !== null) asked.set(`${request.method} ${id}`, request.headers);
  const frame = searchParams.has("frame") ? `<iframe src="${searchParams.get("frame")}"></iframe>` : "";
  if (pathname === "/cookies") response.setHeader("Set-Cookie", COOKIES);
  response
    .setHeader("Content-Type", "text/html")
    .end(`<!doctype html><title>A page</title><link rel=icon href=data:,>${frame}`);
};

test.beforeAll(async () => {
  server = await listen(app);
  const other = await listen(app);
  const { close } = server;
  server.close = async () => void (await Promise.all([close(), other.close()]));
  [site, sister, foreign] = [server.port, other.port, other.port].map(
    (port, place) => `http://${place < 2 ? "shop.localhost" : "127.0.0.1"}:${port}`,
  ) as [string, string, string];
});
test.afterAll(() => server.close());

test.beforeEach(() => {
  asked = new Map();
});

/** An action of a page, in the browser and with the client. */
interface Action {
  name: string;
  method: string;
  path?: string;
  inBrowser: (page: Page, url: string) => Promise<unknown>;
  byClient: (client: Client, path: string) => Promise<unknown>;
}

interface FetchOptions {
  mode?: "no-cors";
  body?: string;
}

function fetching(name: string, method: string, init: FetchOptions, path = "/"): Action {
  return {
    name,
    method,
    path,
    inBrowser: (page, url) =>
      page.evaluate(([url, init]) => fetch(url, { credentials: "include", ...init }).catch(() => {}), [
        url,
        { method, ...init },
      ] as const),
    byClient: (client, path) =>
      client.request({
        method,
        path,
        ...(init.mode && { mode: init.mode }),
        ...(init.body && { body: init.body, headers: { "Content-Type": "text/plain" } }),
      }),
  };
}

const EVERYWHERE: Action[] = [
  fetching("a fetch", "GET", {}),
  fetching("a fetch of something deep", "GET", {}, "/deep/er"),
  fetching("a fetch without CORS", "GET", { mode: "no-cors" }),
  fetching("a POST", "POST", {}),
  fetching("a POST with text", "POST", { body: "hello" }),
  {
    name: "an image",
    method: "GET",
    inBrowser: (page, url) =>
      page.evaluate(
        (url) => new Promise((resolve) => Object.assign(new Image(), { onload: resolve, onerror: resolve, src: url })),
        url,
      ),
    byClient: (client, path) => client.get(path, { mode: "no-cors", dest: "image" }),
  },
  {
    name: "a frame",
    method: "GET",
    // Playwright's own scripts would count as a click by the user.
    inBrowser: (page, url) => page.goto(new URL(`/page?frame=${encodeURIComponent(url)}`, page.url()).href),
    byClient: (client, path) => client.get(path, { mode: "navigate", dest: "iframe" }),
  },
  {
    name: "a link that is followed",
    method: "GET",
    async inBrowser(page, url) {
      await page.evaluate(
        (url) => document.body.append(Object.assign(document.createElement("a"), { href: url, textContent: "go" })),
        url,
      );
      await page.getByText("go").click();
      await page.waitForURL(url);
    },
    byClient: (client, path) => client.get(path, { mode: "navigate" }),
  },
  {
    name: "a form that is sent",
    method: "POST",
    async inBrowser(page, url) {
      await page.evaluate((url) => {
        const form = Object.assign(document.createElement("form"), { method: "post", action: url });
        form.append(Object.assign(document.createElement("button"), { textContent: "send" }));
        document.body.append(form);
      }, url);
      await page.getByText("send").click();
      await page.waitForURL(url);
    },
    byClient: (client, path) => client.post(path, { mode: "navigate" }),
  },
];

const PUTTING = [
  fetching("a PUT", "PUT", {}),
  fetching("a PATCH with text", "PATCH", { body: "hello" }),
  fetching("a DELETE", "DELETE", {}),
];

const TYPED: Action = {
  name: "an address that is typed",
  method: "GET",
  inBrowser: (page, url) => page.goto(url),
  byClient: (client, path) => client.from(null).get(path),
};

// One browser for all actions of one page, because none of them changes a cookie.
for (const [from, actions] of [
  ["its own page", [...EVERYWHERE, ...PUTTING, TYPED]],
  ["a page of the same site", EVERYWHERE],
  ["a foreign page", EVERYWHERE],
] as const) {
  test(`the client does as Chromium, whatever is done from ${from}`, async ({ page }) => {
    const origin = { "its own page": site, "a page of the same site": sister, "a foreign page": foreign }[from];
    const client = createClient({ url: server.url, publicUrl: site });
    await page.goto(`${site}/cookies`);
    await client.from(null).get("/cookies");
    const kept = await page.context().cookies(`${site}/deep/er`);
    expect(client.cookies.all().map(keptByClient).sort()).toEqual(kept.map(keptInBrowser).sort());

    for (const [place, { name, method, path = "/", inBrowser, byClient }] of actions.entries()) {
      await page.goto(`${origin}/page`);
      await inBrowser(page, `${site}${path}?id=browser-${place}`);
      await byClient(client.from(origin), `${path}?id=client-${place}`);
      const [told, toldByBrowser] = [`${method} client-${place}`, `${method} browser-${place}`].map(headersOf);
      expect.soft(told, name).toEqual(toldByBrowser);
    }
  });
}

/** A cookie and the days until it expires. */
function keptByClient({ name, value, domain, path, endsAt }: StoredCookie): string {
  return [name, value, domain ?? "the host", path, endsAt === null ? "at the end" : daysUntil(endsAt)].join(" ");
}

function keptInBrowser({ name, value, domain, path, expires }: Cookie): string {
  const place = domain.startsWith(".") ? domain.slice(1) : "the host";
  return [name, value, place, path, expires === -1 ? "at the end" : daysUntil(expires * 1000)].join(" ");
}

function daysUntil(moment: number): number {
  return Math.round((moment - Date.now()) / 86_400_000);
}

function headersOf(key: string): Record<string, unknown> {
  const headers = asked.get(key);
  if (!headers) throw new Error(`Nobody asked ${key}, only: ${[...asked.keys()].join(", ")}`);
  const compared = Object.fromEntries(COMPARED.map((name) => [name, headers[name] ?? null]));
  return { ...compared, cookie: withoutThirdParty(headers) };
}

/**
 * Playwright's windows are private, and there Chromium withholds SameSite=None cookies from foreign pages. Other
 * windows send them, so the client lets an attacker have them.
 */
function withoutThirdParty(headers: IncomingHttpHeaders): string | null {
  const { cookie, "sec-fetch-site": site, "sec-fetch-dest": dest } = headers;
  if (site !== "cross-site" || dest === "document") return cookie ?? null;
  return cookie === "none=1" ? null : (cookie ?? null);
}
