import { randomBytes } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type RequestHandler, Router } from "express";
import { escapeHtml } from "../lib/escape-html.ts";
import { builtFile, sendBuiltFile } from "./built-files.ts";
import { Refusal } from "./problem.ts";

const LIBRARY = dirname(fileURLToPath(import.meta.resolve("swagger-ui-dist/swagger-ui.css")));
/** Files of the package that the page loads. */
const NAMED = ["swagger-ui.css", "swagger-ui-bundle.js"];
const FOR_A_DAY = "public, max-age=86400";
const DESCRIPTION = "/api/openapi.json";

/** Returns the shop's name; null: it is not known now. */
export type ReadShopName = () => Promise<string | null>;

/**
 * Serves a page for reading and trying the API: Swagger UI, with the OpenAPI document made from the contract, all from
 * this origin. The page has a separate content security policy, since Swagger UI writes style attributes; no page of
 * the shop is served under that policy.
 */
export function serveApiDocs(readShopName: ReadShopName): RequestHandler {
  const router = Router({ strict: true });

  router.get("/api/docs", async (_req, res) => {
    const nonce = randomBytes(16).toString("base64");
    res.set({ "Content-Security-Policy": policy(nonce), "Cache-Control": "no-store" });
    res.type("html").send(page(nonce, await readShopName()));
  });
  router.all("/api/docs", () => {
    throw new Refusal("method_not_allowed", { headers: { Allow: "GET, HEAD" } });
  });
  for (const name of NAMED) {
    const file = builtFile({ file: join(LIBRARY, name), cacheControl: FOR_A_DAY, isBuilt: false });
    if (file === null) throw new Error(`swagger-ui-dist has no ${name}`);
    router.get(`/api/docs/${name}`, (req, res, next) => sendBuiltFile(file, req, res, next));
  }
  return router;
}

function policy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function page(nonce: string, shopName: string | null): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>API${shopName === null ? "" : escapeHtml(` · ${shopName}`)}</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/api/docs/swagger-ui.css">
  </head>
  <body>
    <div id="reference"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script nonce="${nonce}">
      SwaggerUIBundle({ url: ${JSON.stringify(DESCRIPTION)}, dom_id: "#reference", deepLinking: true, validatorUrl: null });
    </script>
  </body>
</html>
`;
}
