import { hash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type RequestHandler, Router } from "express";
import { endCompressed } from "../http/compression.ts";
import { describeApi } from "../http/openapi.ts";
import { Refusal } from "../http/problem.ts";
import type { ReadShopName } from "../http/web-app.ts";
import { html } from "../lib/html.ts";
import { renderPage } from "./render-page.ts";

/** Without the built pages, as developers have it: all of the text, in the browser's own look. */
const BARE = `<!doctype html><html lang="en"><head><title>API</title></head><body></body></html>`;
const TITLE = /<title>[^<]*<\/title>/;
const BODY = /(?<=<body>)[\s\S]*(?=<\/body>)/;
/** The page has no inline script or style to allow. */
const NONCES = /<meta property="csp-nonce"[^>]*>| nonce="__CSP_NONCE__"/g;

interface ApiDocsOptions {
  webAppFolder: string;
  /** The shop's public address, for the examples. */
  publicOrigin: string;
  readShopName: ReadShopName;
}

/**
 * Serves the page about the API, rendered from the OpenAPI document. The build of the web app has its head: the style
 * sheet, the typefaces, and the script of its filter. It is rendered when first asked for, and again for another name.
 */
export function serveApiDocs({ webAppFolder, publicOrigin, readShopName }: ApiDocsOptions): RequestHandler {
  const router = Router({ strict: true });
  const file = join(webAppFolder, "api-docs.html");
  const frame = (existsSync(file) ? readFileSync(file, "utf8") : BARE).replace(NONCES, "");
  let rendered: { shopName: string | null; page: Buffer; tag: string } | null = null;

  function render(shopName: string | null) {
    if (rendered?.shopName === shopName) return rendered;
    const title = html`<title>API${shopName === null ? "" : ` · ${shopName}`}</title>`;
    const body = renderPage({ description: describeApi("API"), origin: publicOrigin, shopName });
    const page = Buffer.from(frame.replace(TITLE, () => title.html).replace(BODY, () => body.html));
    rendered = { shopName, page, tag: `W/"${hash("sha1", page, "base64url")}"` };
    return rendered;
  }

  router.get("/api/docs", async (req, res) => {
    const { page, tag } = render(await readShopName());
    res.set({ "Cache-Control": "no-cache", ETag: tag }).type("html");
    res.vary("Accept-Encoding");
    if (req.fresh) res.status(304).end();
    else await endCompressed(req, res, page);
  });
  router.all("/api/docs", () => {
    throw new Refusal("method_not_allowed", { headers: { Allow: "GET, HEAD" } });
  });
  return router;
}
