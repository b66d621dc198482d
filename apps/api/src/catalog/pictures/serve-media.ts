import { type RequestHandler, Router } from "express";
import { Refusal } from "../../platform/http/problem.ts";
import type { MediaFolder } from "../../platform/storage/create-media-folder.ts";
import { MEDIA_PATH } from "../products/picture-url.ts";

const NAME = /^[0-9a-f-]{36}-(?:320|640|1280)\.webp$/;

/** Serves the sizes of pictures to everybody. The bytes at an address never change, so caches keep them for good. */
export function serveMedia(mediaFolder: MediaFolder): RequestHandler {
  const router = Router({ caseSensitive: true, strict: true });
  router.all(`${MEDIA_PATH}/:name`, (req, res, next) => {
    const { name } = req.params;
    if (!NAME.test(name)) throw new Refusal("not_found");
    if (req.method !== "GET" && req.method !== "HEAD")
      throw new Refusal("method_not_allowed", { headers: { Allow: "GET, HEAD" } });
    res.set({
      "Content-Type": "image/webp",
      "Cache-Control": "public, max-age=31536000, immutable",
      "Content-Security-Policy": "default-src 'none'; sandbox",
    });
    const options = { cacheControl: false, lastModified: false, dotfiles: "allow" } as const;
    res.sendFile(mediaFolder.pathOf(name), options, (error) => {
      if (!error || res.headersSent) return;
      res.removeHeader("Content-Security-Policy");
      next(isMissing(error) ? new Refusal("not_found") : error);
    });
  });
  return router;
}

function isMissing(error: Error): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT" || (error as { status?: number }).status === 404;
}
