import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type RequestHandler, Router } from "express";
import { escapeHtml } from "../lib/escape-html.ts";
import { listFiles, sendBuiltFile } from "./built-files.ts";
import { endCompressed } from "./compression.ts";
import { readPageHeads } from "./page-heads.ts";
import { Refusal } from "./problem.ts";
import { allowNonce } from "./security-headers.ts";

/** For files with a hash in their name, whose content never changes. */
const FOR_A_YEAR = "public, max-age=31536000, immutable";
const FOR_AN_HOUR = "public, max-age=3600";
const NONCE = /__CSP_NONCE__/g;
const TITLE = /<title>[^<]*<\/title>/;
const END_OF_HEAD = /(?=<\/head>)/;
/** Addresses that the document asks for before the app is there (apps/web/index.html). */
const FIRST_ANSWERS = /(<meta name="first-answers" content="[^"]*)(?=")/;
/** The app asks for the results of a search otherwise than for the list. */
const IS_SEARCH = /[?&]q=/;
const APPLICATION_NAME = /(<meta name="application-name" content=")[^"]*(?=")/;

/** Returns the shop's name; null: it is not known now. */
export type ReadShopName = () => Promise<string | null>;

/** The path that a page has moved to, on this site; null: it has not moved. */
type MovedTo = (path: string) => Promise<string | null>;

interface WebAppOptions {
  readShopName: ReadShopName;
  movedTo: MovedTo;
}

/**
 * Serves the built single-page app from a folder: its files, and its HTML document for every other address. The
 * document names the shop, so that a page shows the name before it has asked for it, and asks for what its page needs
 * first. It is never cached, so that the
 * Back button can't show it after a logout. Neither is the redirect of a page that has moved, since it may move back.
 */
export function serveWebApp(folder: string, { readShopName, movedTo }: WebAppOptions): RequestHandler {
  const router = Router();
  const documentFile = join(folder, "index.html");
  const html = existsSync(documentFile) ? readFileSync(documentFile, "utf8") : null;
  const headAt = readPageHeads(folder);
  const files = listFiles(folder, (path) => (path.startsWith("/assets/") ? FOR_A_YEAR : FOR_AN_HOUR));
  // An HTML file is not served as a plain file: the document gets a new nonce in each answer and must not be cached.
  for (const path of files.keys()) if (/\.html$/i.test(path)) files.delete(path);

  router.use((req, res, next) => {
    const file = req.method === "GET" || req.method === "HEAD" ? files.get(req.path) : undefined;
    if (file === undefined) next();
    else return sendBuiltFile(file, req, res, next);
  });
  // A page that was opened before an update may request a file that the update deleted. The answer is 404 instead of
  // the HTML document.
  router.use("/assets", () => {
    throw new Refusal("not_found");
  });

  router.use(async (req, res) => {
    if (req.method !== "GET" && req.method !== "HEAD") {
      throw new Refusal("method_not_allowed", { headers: { Allow: "GET, HEAD" } });
    }
    res.set("Cache-Control", "no-store");
    // A database out of reach keeps no page from opening: the page itself says so.
    const moved = await movedTo(req.path).catch(() => null);
    if (moved !== null) return res.redirect(301, moved + (/\?.*$/s.exec(req.url)?.[0] ?? ""));
    res.type("html");
    if (html === null) {
      res
        .status(503)
        .send("<!doctype html><title>Not built yet</title><p>The pages are not built yet: run <code>npm start</code>.");
      return;
    }
    const nonce = randomBytes(16).toString("base64");
    allowNonce(res, nonce);
    const { links, dataOf } = headAt(req.path);
    const data = IS_SEARCH.test(req.url) ? null : dataOf(req.path);
    const named = nameShop(html, await readShopName());
    await endCompressed(req, res, askFirst(named, { links, data }).replace(NONCE, nonce));
  });
  return router;
}

/** Makes the document ask for the files of its page, and for its data. */
function askFirst(html: string, { links, data }: { links: string; data: string | null }): string {
  return html
    .replace(END_OF_HEAD, () => links)
    .replace(FIRST_ANSWERS, (beginning: string) => (data === null ? beginning : `${beginning} ${data}`));
}

/** Puts the shop's name into the document. Null: the name is not known, and the document stays without one. */
function nameShop(html: string, shopName: string | null): string {
  if (shopName === null) return html;
  const name = escapeHtml(shopName);
  return html
    .replace(TITLE, () => `<title>${name}</title>`)
    .replace(APPLICATION_NAME, (_, beginning: string) => `${beginning}${name}`);
}
