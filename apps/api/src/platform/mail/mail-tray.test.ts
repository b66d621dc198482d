import type { OutboxMail, OutboxMailInFull, Problem } from "@yumroad/contract";
import { OUTBOX_KEY_HEADER } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type TestApp, type TestAppOptions } from "../../../test/test-app.ts";
import { trayKeyOf } from "../../../test/tray-key.ts";
import { backgroundContext } from "../http/background-context.ts";
import { enqueueMail } from "./enqueue-mail.ts";

const SECRET = "a session secret of tests that is long enough";
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

interface MailPage {
  items: OutboxMail[];
  nextCursor: string | null;
}

function cause(app: TestApp, subject: string): Promise<string | null> {
  return enqueueMail(backgroundContext(app.dependencies), {
    kind: "password_reset",
    to: "ada@example.com",
    subject,
    heading: subject,
    paragraphs: ["Somebody asked for it."],
    button: { label: "Choose it", path: "/reset-password#token=live-token" },
  });
}

describe("the mail tray", () => {
  let app: TestApp;
  let client: Client;
  let newest: OutboxMail;
  let pageUrl: string;
  beforeAll(async () => {
    app = await createTestApp({ isLocalDemo: true });
    client = app.visitor({ headers: trayKeyOf(app) });
    for (const subject of ["The first", "The second", "The third"]) await cause(app, subject);
    newest = (await client.get<MailPage>("/api/outbox")).json.items[0] as OutboxMail;
    pageUrl = (await client.get<OutboxMailInFull>(`/api/outbox/${newest.id}`)).json.pageUrl;
  });
  afterAll(() => app.close());

  it("lists what would have been sent, the newest first", async () => {
    const answer = await client.get<MailPage>("/api/outbox");
    expect(answer.status).toBe(200);
    expect(answer.json.items.map(({ subject }) => subject)).toEqual(["The third", "The second", "The first"]);
    expect(newest).toEqual({
      id: expect.any(String),
      to: "ada@example.com",
      subject: "The third",
      at: new Date(app.clock.now()).toISOString(),
    });
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.text).not.toContain("live-token");
  });

  it("lists them page by page", async () => {
    const { json: first } = await client.get<MailPage>("/api/outbox?limit=2");
    const { json: second } = await client.get<MailPage>(`/api/outbox?limit=2&cursor=${first.nextCursor}`);
    const subjects = [...first.items, ...second.items].map(({ subject }) => subject);
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null]);
    expect(subjects).toEqual(["The third", "The second", "The first"]);
    expect((await client.get<Problem>("/api/outbox?cursor=nonsense")).json.code).toBe("invalid_input");
  });

  it("shows one, with its link", async () => {
    const { json } = await client.get<OutboxMailInFull>(`/api/outbox/${newest.id}`);
    expect(json).toMatchObject(newest);
    expect(json.text).toContain("http://localhost:3000/reset-password#token=live-token");
    expect(json.html).toContain('<a href="http://localhost:3000/reset-password#token=live-token"');
  });

  it("shows one as a page that can do nothing but be read, and lead away at a click", async () => {
    // A frame's request, which can't send the key.
    const answer = await app.visitor().get(pageUrl, { mode: "navigate", dest: "iframe" });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "x-frame-options": "SAMEORIGIN",
      "content-security-policy":
        "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    });
    expect(answer.text).toContain('<base target="_top">');
    expect(answer.text).toContain('<a href="http://localhost:3000/reset-password#token=live-token"');
  });

  it("says of a mail that is not there that it is not", async () => {
    for (const id of ["0", "%00", "00000000-0000-7000-8000-000000000000"]) {
      for (const path of [`/api/outbox/${id}`, pageUrl.replace(newest.id, id)]) {
        const answer = await client.get<Problem>(path);
        expect([answer.status, answer.json.code]).toEqual([404, "not_found"]);
      }
    }
  });

  it("R81: as a page it opens for that mail alone, for ten minutes", async () => {
    const [older] = (await client.get<MailPage>("/api/outbox")).json.items.slice(1);
    const { json } = await client.get<OutboxMailInFull>(`/api/outbox/${newest.id}`);
    const query = new URL(json.pageUrl, app.url).searchParams;
    const [until, signature] = [String(query.get("until")), String(query.get("signature"))];
    const page = `/api/outbox/${newest.id}/page`;
    const later = String(Number(until) + 1);
    const wrong = [
      ...[page, `${page}?`, `${page}?until=${until}`, `${page}?signature=${signature}`],
      json.pageUrl.replace(newest.id, String(older?.id)),
      `${page}?until=${later}&signature=${signature}`,
      `${page}?until=${until}&signature=${signature.slice(1)}`,
      `${page}?until=${until}&signature=${signature.slice(0, -1)}%20`,
      `${page}?until=${until}&until=${later}&signature=${signature}`,
      `${page}?until=${until}&signature=${signature}&signature=${signature}`,
      `${page}?until=1e99&signature=${signature}`,
    ];
    for (const path of wrong) expect([path, (await client.get(path)).status]).toEqual([path, 404]);
    app.clock.advance("9m");
    expect((await client.get(json.pageUrl)).status).toBe(200);
    app.clock.advance("1m");
    expect((await client.get(json.pageUrl)).status).toBe(404);
    pageUrl = (await client.get<OutboxMailInFull>(`/api/outbox/${newest.id}`)).json.pageUrl;
  });

  it("is only read", async () => {
    for (const path of ["/api/outbox", `/api/outbox/${newest.id}`, pageUrl]) {
      for (const method of METHODS.slice(2)) {
        const answer = await client.request({ method, path });
        expect([path, method, answer.status, answer.headers.allow]).toEqual([path, method, 405, "GET, HEAD"]);
      }
    }
  });

  it("is told of by the site, without its key", async () => {
    const answer = await app.visitor().get("/api/site");
    expect(answer.json).toMatchObject({ signupMode: "instant", canSendMail: true, hasMailTray: true });
  });

  it("R81: its key is the same after a restart, another one with another secret, and in no log", async () => {
    const { link, key } = app.dependencies.mailTray ?? { link: "", key: "" };
    expect(link).toBe(`http://localhost:3000/outbox#key=${key}`);
    expect(key).toMatch(/^[\w-]{43}$/);
    const restarted = await createTestApp({ isLocalDemo: true, beside: app });
    const [rotated] = ["another session secret of tests, long enough"];
    const renewed = await createTestApp({ isLocalDemo: true, beside: app, sessionSecrets: [rotated, SECRET] });
    expect([restarted.dependencies.mailTray?.key, renewed.dependencies.mailTray?.key === key]).toEqual([key, false]);
    expect((await renewed.visitor({ headers: trayKeyOf(app) }).get("/api/outbox")).status).toBe(404);
    await Promise.all([restarted.close(), renewed.close()]);
    expect(app.logs.text).toContain(`/api/outbox/${newest.id}/page`);
    expect(app.logs.text).not.toContain(key);
    expect(app.logs.text).not.toContain("signature");
  });

  it.each(["localhost", "localhost:5173", "127.0.0.1:3000", "[::1]:3000", "shop.localhost:3000", "LOCALHOST:3000"])(
    "opens under the loopback name %s",
    async (Host) => {
      expect((await client.get("/api/outbox", { headers: { Host } })).status).toBe(200);
    },
  );

  it("R81: is not there for a request as a proxy sends it on that adds nothing", async () => {
    const bare = {
      Accept: null,
      Origin: null,
      "Sec-Fetch-Site": null,
      "Sec-Fetch-Mode": null,
      "Sec-Fetch-Dest": null,
    };
    const throughProxy = app.visitor({ headers: { ...bare, Host: "127.0.0.1:3000" } });
    for (const path of ["/api/outbox", `/api/outbox/${newest.id}`]) {
      const answer = await throughProxy.get(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.text).not.toMatch(/live-token|ada@/);
    }
  });

  const elsewhere: Record<string, string>[] = [
    ...[
      "shop.example",
      "evil.example:3000",
      "localhost.evil.example",
      "127.0.0.1.evil.example",
      "10.0.0.1",
      "[::2]",
      "",
    ],
    ...["0.0.0.0:3000", "evil.example#localhost", "localhost@evil.example", "evil.example:80:localhost"],
  ].map((Host) => ({ Host }));
  elsewhere.push(
    { Forwarded: "for=192.0.2.7" },
    { "X-Forwarded-For": "127.0.0.1" },
    { "X-Forwarded-Host": "localhost" },
    { "X-Forwarded-Proto": "http" },
    { "x-forwarded-anything": "" },
    { Via: "1.1 proxy" },
    { "X-Real-IP": "127.0.0.1" },
    ...["", "A".repeat(43), "A".repeat(42), "é".repeat(43)].map((key) => ({ [OUTBOX_KEY_HEADER]: key })),
  );

  it.each(elsewhere)("R81: is like any address that is not there for a request with %j", async (headers) => {
    // A page's address contains its own signature instead of the key.
    const isKey = OUTBOX_KEY_HEADER in headers;
    for (const path of ["/api/outbox", `/api/outbox/${newest.id}`, isKey ? `/api/outbox/${newest.id}/page` : pageUrl]) {
      for (const method of METHODS) {
        const answer = await client.request({ method, path, headers });
        expect(seen(answer), `${method} ${path}`).toEqual(
          seen(await client.request({ method, path: "/api/nowhere", headers })),
        );
        expect(answer.status).toBe(404);
        expect(answer.text).not.toMatch(/live-token|ada@/);
      }
    }
  });
});

describe.each<[string, TestAppOptions]>([
  ["in production", {}],
  ["in production with SMTP", { mail: true }],
  ["in the local demo with SMTP", { isLocalDemo: true, mail: true }],
])("%s", (_, options) => {
  it("there is no mail tray: it is like any address that is not there", async () => {
    const app = await createTestApp(options);
    const client = app.visitor({ publicUrl: "http://localhost:3000", behindTlsProxy: false });
    await cause(app, "Not for others");
    for (const path of ["/api/outbox", "/api/outbox/00000000-0000-7000-8000-000000000000"]) {
      for (const method of METHODS) {
        const answer = await client.request({ method, path });
        expect(seen(answer)).toEqual(seen(await client.request({ method, path: "/api/nowhere" })));
        expect(answer.status).toBe(404);
      }
    }
    expect((await client.get("/api/site")).json).toMatchObject({
      hasMailTray: false,
      canSendMail: Boolean(options.mail),
    });
    await app.close();
  });
});

/** The answer without the parts that differ on each request. */
function seen({ status, headers, text }: Awaited<ReturnType<Client["get"]>>) {
  const { date: _, "x-request-id": __, ...lasting } = headers;
  return { status, headers: lasting, text: text.replace(/"requestId":"[^"]+"/, "") };
}
