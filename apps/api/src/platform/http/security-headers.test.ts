import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestApp, describeOnEachStore, type Person, type TestApp } from "../../../test/test-app.ts";

describeOnEachStore("headers of every answer", (store) => {
  let app: TestApp;
  let person: Person;
  let pages: string;
  beforeAll(async () => {
    pages = mkdtempSync(join(tmpdir(), "yumroad-pages-"));
    writeFileSync(join(pages, "index.html"), '<!doctype html><script nonce="__CSP_NONCE__"></script>');
    app = await createTestApp({ sessions: store, webAppFolder: pages });
    person = await app.signUp();
  });
  afterAll(async () => {
    await app.close();
    rmSync(pages, { recursive: true });
  });

  const everyKind = async () => [
    await person.client.get("/"),
    await person.client.get("/products/new"),
    await person.client.get("/api/products"),
    await person.client.get("/api/auth/session"),
    await person.client.get("/api/nowhere"),
    await person.client.post("/api/products", { json: {} }),
    await person.client.from("https://evil.example").post("/api/auth/logout"),
    await person.client.get("/assets/gone.js"),
    await person.client.get("/healthz"),
  ];

  it("R42: are there, whatever the answer", async () => {
    for (const { headers } of await everyKind()) {
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["referrer-policy"]).toBe("strict-origin-when-cross-origin");
      expect(headers["strict-transport-security"]).toMatch(/^max-age=\d{8}/);
      expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
      expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
      expect(headers["x-powered-by"]).toBeUndefined();
      expect(headers.server).toBeUndefined();
      const policy = String(headers["content-security-policy"]);
      for (const rule of [
        "default-src 'self'",
        "font-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ]) {
        expect(policy).toContain(rule);
      }
      expect(policy).not.toContain("unsafe");
    }
  });

  it("R42: there is no HSTS over plain http", async () => {
    const local = await createTestApp({ sessions: store, publicUrl: "http://localhost:3000" });
    expect((await local.visitor().get("/healthz")).headers["strict-transport-security"]).toBeUndefined();
    await local.close();
  });

  it("R43: what depends on the session is never stored and has no ETag", async () => {
    for (const path of ["/api/auth/session", "/api/me/products", "/", "/login"]) {
      const { headers } = await person.client.get(path);
      expect([path, headers["cache-control"]]).toEqual([path, "no-store"]);
      expect(headers.etag).toBeUndefined();
    }
  });

  it("R80: an unforeseen failure says nothing but its number", async () => {
    const broken = await createTestApp({ sessions: store });
    broken.dependencies.database.read = () => {
      throw new Error("secret-table-name does not exist in better-sqlite3");
    };
    const answer = await broken.visitor().get("/api/products");
    expect(answer.status).toBe(500);
    expect(Object.keys(answer.json as object).sort()).toEqual(["code", "requestId", "status", "title", "type"]);
    expect(answer.text).not.toMatch(/secret-table-name|sqlite|express|at .*\.ts/i);
    expect(broken.logs.text).toContain("secret-table-name");
    expect((answer.json as { requestId: string }).requestId).toBe(answer.headers["x-request-id"]);
    await broken.close();
  });
});
