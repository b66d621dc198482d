import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "@yumroad/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { createTestApp, type TestApp } from "../../../test/test-app.ts";

const HTML = `<!doctype html><title></title><meta name="application-name" content=""><meta property="csp-nonce" nonce="__CSP_NONCE__"><script nonce="__CSP_NONCE__">1</script>`;

const named = (name: string) =>
  HTML.replace("<title>", () => `<title>${name}`).replace('content=""', () => `content="${name}"`);

describe("the pages", () => {
  const folder = temporaryFolder();
  let app: TestApp;
  beforeAll(async () => {
    mkdirSync(join(folder.path, "assets"));
    writeFileSync(join(folder.path, "index.html"), HTML);
    writeFileSync(join(folder.path, "assets/app-1a2b3c.js"), "export {};");
    writeFileSync(join(folder.path, "favicon.svg"), "<svg/>");
    writeFileSync(join(folder.path, ".env"), "SECRET=1");
    app = await createTestApp({ webAppFolder: folder.path });
  });
  afterAll(async () => {
    await app.close();
    folder.remove();
  });

  it.each(["/favicon.svg", "/assets/app-1a2b3c.js", "/api/docs"])(
    "%s is given as a whole, whatever part of it is asked for",
    async (path) => {
      // Without the test client, which only knows endpoints under /api.
      for (const range of ["bytes=99999999-", "bytes=0-1", "bytes=5-1", "x"]) {
        expect((await fetch(`${app.url}${path}`, { headers: { Range: range } })).status).toBe(200);
      }
    },
  );

  it.each([{ "If-Match": '"x"' }, { "If-Unmodified-Since": "Mon, 01 Jan 1990 00:00:00 GMT" }])(
    "a condition that does not hold (%j) is no failure of ours: 412",
    async (headers) => {
      for (const path of ["/favicon.svg", "/assets/app-1a2b3c.js"]) {
        const answer = await app.visitor().get<Problem>(path, { headers: { ...headers } });
        expect([answer.status, answer.json.code]).toEqual([412, "version_conflict"]);
        expect(answer.headers).not.toHaveProperty("etag");
      }
    },
  );

  it.each([
    "/",
    "/login?next=%2Fdashboard",
    "/p/plum-jam",
    "/@mira",
    "/products/new",
    "/nothing/here",
    "/index.html",
    "//index.html",
    "/%69ndex.htm%6c",
    "/./index.html",
    "/x/../index.html",
    "/x%2f..%2findex.html",
    "/INDEX.HTML",
    "/%E0%A4%A",
    "//evil.example",
    "/..%2f..%2fetc%2fpasswd",
    "/.env",
    "//favicon.svg",
    "/x/../favicon.svg",
    "/%66avicon.svg",
  ])("R42: %s is the one document, never stored, with a nonce of its own", async (path) => {
    const answer = await app.visitor().get(path, { mode: "navigate" });
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.headers.etag).toBeUndefined();
    expect(answer.headers["last-modified"]).toBeUndefined();
    expect(answer.headers.location).toBeUndefined();
    expect(answer.setCookies).toEqual([]);
    const [nonce] = /(?<=<meta property="csp-nonce" nonce=")[^"]+/.exec(answer.text) ?? [""];
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    expect(answer.text).toBe(named("Yumroad").replaceAll("__CSP_NONCE__", nonce));
    expect(answer.headers["content-security-policy"]).toContain(`script-src 'self' 'nonce-${nonce}'`);
    expect(answer.headers["content-security-policy"]).toContain(`style-src 'self' 'nonce-${nonce}'`);
  });

  it("R83: name the shop, escaped, and stay up without a name while the database is away", async () => {
    const other = await createTestApp({ webAppFolder: folder.path });
    const { database } = other.dependencies;
    const { fork } = database;
    const textOf = async () => (await other.visitor().get("/")).text.replaceAll(/(?<=nonce=")[^"]+/g, "__CSP_NONCE__");
    database.fork = () => {
      const em = fork();
      em.execute = () => Promise.reject(new Error("the database is away"));
      return em;
    };
    expect(await textOf()).toBe(HTML);
    database.fork = fork;
    const value = JSON.stringify({ name: `"$&" <b>Möbius</b>` });
    await database.fork().execute("insert into settings (key, value) values ('shop', ?)", [value]);
    expect(await textOf()).toBe(named("&quot;$&amp;&quot; &lt;b&gt;Möbius&lt;/b&gt;"));
    await other.close();
  });

  it("R42: the nonce is another one on each answer", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => app.visitor().get("/")));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(20);
    expect(new Set(answers.map(({ headers }) => headers["content-security-policy"])).size).toBe(20);
  });

  it("R42: files with a hash in their name are kept for a year", async () => {
    const answer = await app.visitor().get("/assets/app-1a2b3c.js");
    expect(answer.status).toBe(200);
    expect(answer.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(answer.headers["content-type"]).toBe("text/javascript; charset=utf-8");
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
  });

  it.each(["/assets/app-gone.js", "/assets/", "/assets", "/assets/..%2f.env", "/assets/%E0%A4%A"])(
    "%s is no page: 404, so that a browser does not take HTML for a script",
    async (path) => {
      const answer = await app.visitor().get<Problem>(path);
      expect(answer.status).toBe(404);
      expect(answer.json.code).toBe("not_found");
      expect(answer.headers["cache-control"]).toBe("no-store");
    },
  );

  it.each(["/favicon.svg", "/assets/app-1a2b3c.js"])("%s is not sent again to who has it", async (path) => {
    const { headers } = await app.visitor().get(path);
    for (const condition of [
      { "If-None-Match": String(headers.etag) },
      { "If-Modified-Since": String(headers["last-modified"]) },
    ]) {
      const answer = await app.visitor().get(path, { headers: { ...condition } });
      expect([answer.status, answer.text]).toEqual([304, ""]);
      for (const name of ["etag", "cache-control", "vary"]) expect(answer.headers[name]).toBe(headers[name]);
    }
    for (const condition of [{ "If-Match": String(headers.etag) }, { "If-Match": "*" }, { "If-None-Match": '"x"' }]) {
      expect((await app.visitor().get(path, { headers: { ...condition } })).status).toBe(200);
    }
  });

  it("other files are kept for an hour", async () => {
    const answer = await app.visitor().get("/favicon.svg");
    expect(answer.status).toBe(200);
    expect(answer.headers["cache-control"]).toBe("public, max-age=3600");
  });

  it.each(["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])("%s to a page is refused by name", async (method) => {
    for (const path of ["/", "/login", "/favicon.svg"]) {
      const answer = await app.visitor().request<Problem>({ method, path });
      expect([path, answer.status, answer.headers.allow]).toEqual([path, 405, "GET, HEAD"]);
    }
  });

  it("answers HEAD as GET, without the document", async () => {
    const answer = await app.visitor().head("/login");
    expect([answer.status, answer.text, answer.headers["cache-control"]]).toEqual([200, "", "no-store"]);
  });

  it("R40: looks at no session: pages stay up for everybody, and set nothing", async () => {
    const { client } = await app.signUp();
    expect((await client.get("/", { mode: "navigate" })).setCookies).toEqual([]);
  });
});

describe("R112: the document asks for what its page needs", () => {
  const folder = temporaryFolder();
  const pageOf = (path: string, name: string, data: object | null = null) => {
    return { path, scripts: [`/assets/${name}.js`], styles: [`/assets/${name}.css`], data };
  };
  let app: TestApp;
  beforeAll(async () => {
    mkdirSync(join(folder.path, ".vite"));
    const html = `<!doctype html><head><meta name="first-answers" content="/api/site"></head><body>`;
    writeFileSync(join(folder.path, "index.html"), html);
    const pages = [
      pageOf("/:handle", "store", { at: "/@:handle", address: "/api/stores/:handle" }),
      pageOf("*", "not-found"),
      pageOf("/", "home", { at: "/", address: "/api/products" }),
      pageOf("/p/:slug", "product", { at: "/p/:slug", address: "/api/products/:slug" }),
      pageOf("/login", "log-in"),
    ];
    writeFileSync(join(folder.path, ".vite/pages.json"), JSON.stringify(pages));
    app = await createTestApp({ webAppFolder: folder.path });
  });
  afterAll(async () => {
    await app.close();
    folder.remove();
  });

  async function headOf(path: string) {
    const { text } = await app.visitor().get(path, { mode: "navigate" });
    const [, first] = /name="first-answers" content="([^"]*)"/.exec(text) ?? [];
    return {
      first,
      links: [...text.matchAll(/<link rel="([a-z]+)" crossorigin href="([^"]+)">/g)].map((link) => link.slice(1)),
    };
  }

  it.each([
    ["/", "home", "/api/products"],
    ["/?from=mail", "home", "/api/products"],
    ["/p/plum-jam", "product", "/api/products/plum-jam"],
    ["/p/plum-jam?utm_source=letter", "product", "/api/products/plum-jam"],
    ["/p/plum-jam/", "product", null],
    ["/P/plum-jam", "product", null],
    ["/@mira", "store", "/api/stores/mira"],
    ["/@mira%22%3E", "store", null],
    ["/somewhere", "store", null],
    ["/login", "log-in", null],
    ["/login?next=%2F", "log-in", null],
    ["/nothing/here", "not-found", null],
    ["/p/a/b", "not-found", null],
    ["/?q=jam", "home", null],
  ])("%s", async (path, name, data) => {
    expect(await headOf(path)).toEqual({
      first: data === null ? "/api/site" : `/api/site ${data}`,
      links: [
        ["stylesheet", `/assets/${name}.css`],
        ["modulepreload", `/assets/${name}.js`],
      ],
    });
  });

  it("and its table is no file of the pages", async () => {
    expect((await app.visitor().get("/.vite/pages.json")).headers["content-type"]).toBe("text/html; charset=utf-8");
  });
});

describe("pages that are not built yet", () => {
  it("say so, with a status that is no success", async () => {
    const folder = temporaryFolder();
    const app = await createTestApp({ webAppFolder: folder.path });
    const answer = await app.visitor().get("/login");
    expect(answer.status).toBe(503);
    expect(answer.text).toContain("not built yet");
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect((await app.visitor().get("/api/products")).status).toBe(200);
    await app.close();
    folder.remove();
  });
});
