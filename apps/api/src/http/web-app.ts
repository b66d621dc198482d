import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import express, { type RequestHandler, Router } from "express";
import { Refusal } from "./problem.ts";
import { allowNonce } from "./security-headers.ts";

const YEAR = "365d";
/** Nothing here is so large that anybody would want a part of it. */
const STATIC = { index: false, redirect: false, acceptRanges: false } as const;
const NONCE = /__CSP_NONCE__/g;

/**
 * Serves the built single-page app from a folder: its files, and its one document for every other address.
 * The document is never stored, so that Back after a log-out can't bring it out of a cache.
 */
export function serveWebApp(folder: string): RequestHandler {
  const router = Router();
  const documentFile = join(folder, "index.html");
  const html = existsSync(documentFile) ? readFileSync(documentFile, "utf8") : null;

  router.use("/assets", express.static(join(folder, "assets"), { ...STATIC, immutable: true, maxAge: YEAR }));
  // A page that was left open over an update asks for a file that is gone: that is no page.
  router.use("/assets", () => {
    throw new Refusal("not_found");
  });
  const files = express.static(folder, { ...STATIC, maxAge: "1h" });
  router.use((req, res, next) => {
    // The document itself, by whatever spelling of its name, needs its nonce and must not be stored.
    if (/\.html$/i.test(decoded(req.path))) next();
    else files(req, res, next);
  });

  router.use((req, res) => {
    if (req.method !== "GET" && req.method !== "HEAD") {
      throw new Refusal("method_not_allowed", { headers: { Allow: "GET, HEAD" } });
    }
    res.set("Cache-Control", "no-store").type("html");
    if (html === null) {
      res
        .status(503)
        .send("<!doctype html><title>Yumroad</title><p>The pages are not built yet: run <code>npm start</code>.");
      return;
    }
    const nonce = randomBytes(16).toString("base64");
    allowNonce(res, nonce);
    res.send(html.replace(NONCE, nonce));
  });
  return router;
}

/** A path as the file system would see it; as it stands when it can't be decoded. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
