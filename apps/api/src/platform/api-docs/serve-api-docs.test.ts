import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { allEndpoints, problemsOf } from "@yumroad/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { createTestApp, type TestApp } from "../../../test/test-app.ts";

/** As the build leaves it. */
const FRAME = `<!doctype html><html lang="en"><head><title>API</title><script src="/api-docs.js" nonce="__CSP_NONCE__"></script>
<meta property="csp-nonce" nonce="__CSP_NONCE__"><link rel="stylesheet" href="/assets/api-docs-1a2b3c.css" nonce="__CSP_NONCE__"></head><body></body></html>`;

describe("the page about the API", () => {
  const folder = temporaryFolder();
  let app: TestApp;
  beforeAll(async () => {
    mkdirSync(join(folder.path, "assets"));
    writeFileSync(join(folder.path, "api-docs.html"), FRAME);
    app = await createTestApp({ webAppFolder: folder.path });
  });
  afterAll(async () => {
    await app.close();
    folder.remove();
  });

  /** The part of the page about one endpoint. */
  async function partOf(name: string): Promise<string> {
    const { text } = await app.visitor().get("/api/docs");
    return new RegExp(`<article class="endpoint" id="${name}">.*?</article>`, "s").exec(text)?.[0] ?? "";
  }

  it("stands in the shop's frame, under the policy of every other answer", async () => {
    const { status, text, headers } = await app.visitor().get("/api/docs");
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(text).toContain("/assets/api-docs-1a2b3c.css");
    expect(text).toContain(`<a class="name" href="/">`);
    expect(text).not.toMatch(/nonce=|<script>|<[^>]+\s(?:style|on\w+)=/);
    const other = await app.visitor().get("/api/products");
    expect(headers["content-security-policy"]).toBe(other.headers["content-security-policy"]);
    expect(headers["content-security-policy"]).not.toMatch(/unsafe|nonce/);
  });

  it.each(allEndpoints)("shows %s, with each of its errors", async (name, endpoint) => {
    const part = await partOf(name);
    expect(part).toContain(`>${endpoint.method}</span>`);
    for (const code of problemsOf(endpoint)) expect(part).toContain(`<code>${code}</code>`);
    expect(part).toMatch(/<pre><code>curl [^<]+<\/code>/);
  });

  it("says of an endpoint who may call it, what goes in and what comes out", async () => {
    const part = await partOf("products.update");
    expect(part).toContain("<li>Sellers</li><li>Yours only</li>");
    expect(part).toContain(`<code class="field">name</code> <span class="type">string, 4 to 60 characters, optional`);
    expect(part).toContain("curl -X PATCH &#39;https://shop.example/api/products/SLUG&#39;");
    expect(part).toContain("-H &#39;If-Match: &quot;VERSION&quot;&#39;");
    expect(part).toContain("<strong>200</strong>");
  });

  it("is not sent again to who has it", async () => {
    const { headers } = await app.visitor().get("/api/docs");
    expect(headers["cache-control"]).toBe("no-cache");
    const again = await app.visitor().get("/api/docs", { headers: { "If-None-Match": String(headers.etag) } });
    expect([again.status, again.text]).toEqual([304, ""]);
  });

  it("has one address, and only GET", async () => {
    for (const path of ["/api/docs/", "/api/docs/index.html"]) {
      expect([path, (await app.visitor().get(path)).status]).toEqual([path, 404]);
    }
    expect((await app.visitor().post("/api/docs", { json: {} })).headers.allow).toBe("GET, HEAD");
  });
});
