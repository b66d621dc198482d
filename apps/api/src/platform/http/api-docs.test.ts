import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../test/test-app.ts";

describe("the page about the API", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp();
  });
  afterAll(() => app.close());

  it("comes from our own origin, with all that it names, under a policy of its own", async () => {
    const { status, text, headers } = await app.visitor().get("/api/docs");
    expect(status).toBe(200);
    expect(text).not.toMatch(/https?:\/\//);
    const policy = String(headers["content-security-policy"]);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toMatch(/script-src 'self' 'nonce-[^']+'/);
    expect(/script-src[^;]*/.exec(policy)?.[0]).not.toContain("unsafe-inline");
    for (const [, asset] of text.matchAll(/(?:src|href)="(\/api\/docs\/[^"]+)"/g)) {
      expect([asset, (await fetch(`${app.url}${asset}`)).status]).toEqual([asset, 200]);
    }
  });

  it("serves nothing else of the library, and only by GET", async () => {
    for (const path of ["/api/docs/package.json", "/api/docs/index.html", "/api/docs/", "/api/docs/nothing"]) {
      expect([path, (await app.visitor().get(path)).status]).toEqual([path, 404]);
    }
    expect((await app.visitor().post("/api/docs", { json: {} })).headers.allow).toBe("GET, HEAD");
  });

  it("leaves every other answer's policy as strict as it was", async () => {
    const { headers } = await app.visitor().get("/api/products");
    expect(headers["content-security-policy"]).not.toContain("unsafe");
  });
});
