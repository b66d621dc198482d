import type { OutboxMail, OutboxMailInFull, Problem } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type TestApp, type TestAppOptions } from "../../../test/test-app.ts";
import { enqueueMail } from "./enqueue-mail.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

interface MailPage {
  items: OutboxMail[];
  nextCursor: string | null;
}

function cause(app: TestApp, subject: string): Promise<string | null> {
  return enqueueMail(app.dependencies.database.fork(), app.dependencies, {
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
  beforeAll(async () => {
    app = await createTestApp({ isLocalDemo: true });
    client = app.visitor();
    for (const subject of ["The first", "The second", "The third"]) await cause(app, subject);
    newest = (await client.get<MailPage>("/api/outbox")).json.items[0] as OutboxMail;
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
    const answer = await client.get(`/api/outbox/${newest.id}/page`);
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

  it.each(["", "/page"])("says of a mail that is not there that it is not (%s)", async (more) => {
    for (const id of ["0", "%00", "00000000-0000-7000-8000-000000000000"]) {
      const answer = await client.get<Problem>(`/api/outbox/${id}${more}`);
      expect([answer.status, answer.json.code]).toEqual([404, "not_found"]);
    }
  });

  it("is only read", async () => {
    for (const path of ["/api/outbox", `/api/outbox/${newest.id}`, `/api/outbox/${newest.id}/page`]) {
      for (const method of METHODS.slice(2)) {
        const answer = await client.request({ method, path });
        expect([path, method, answer.status, answer.headers.allow]).toEqual([path, method, 405, "GET, HEAD"]);
      }
    }
  });

  it("is told of by the site, to whom it is open", async () => {
    const { json } = await client.get("/api/site");
    expect(json).toEqual({ signupMode: "instant", canSendMail: true, hasMailTray: true });
    const elsewhere = await client.get("/api/site", { headers: { "X-Forwarded-For": "192.0.2.7" } });
    expect(elsewhere.json).toMatchObject({ hasMailTray: false });
  });

  it.each(["localhost", "localhost:5173", "127.0.0.1:3000", "[::1]:3000", "shop.localhost:3000", "LOCALHOST:3000"])(
    "opens under the loopback name %s",
    async (Host) => {
      expect((await client.get("/api/outbox", { headers: { Host } })).status).toBe(200);
    },
  );

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
  );

  it.each(elsewhere)("is like any address that is not there for a request with %j", async (headers) => {
    for (const path of ["/api/outbox", `/api/outbox/${newest.id}`, `/api/outbox/${newest.id}/page`]) {
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

/** What an answer shows, but for what is another at each request. */
function seen({ status, headers, text }: Awaited<ReturnType<Client["get"]>>) {
  const { date: _, "x-request-id": __, ...lasting } = headers;
  return { status, headers: lasting, text: text.replace(/"requestId":"[^"]+"/, "") };
}
