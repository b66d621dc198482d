import { randomUUID } from "node:crypto";
import type { Express as App, Request, RequestHandler } from "express";
import type { Logger } from "../lib/logger.ts";

/**
 * Logs one line per request, with an id that the answer carries too. Of the request, only method and path are logged.
 * `req.log` is a logger with that id, created at first use, since most requests log only this line (pino-http would
 * make three loggers per request, at a tenth of the server's throughput).
 */
export function logRequests(app: App, logger: Logger): RequestHandler {
  Object.defineProperty(app.request, "log", {
    get(this: Request) {
      this.ownLog ??= logger.child({ reqId: this.id });
      return this.ownLog;
    },
  });

  return (req, res, next) => {
    const startedAt = performance.now();
    const { method, originalUrl } = req;
    req.id = randomUUID();
    res.setHeader("X-Request-Id", req.id);
    // "close" is emitted after every answer, and when the client has disconnected.
    res.once("close", () => {
      const line = {
        reqId: req.id,
        req: { method, path: pathOf(originalUrl) },
        res: { status: res.statusCode },
        responseTime: Math.round(performance.now() - startedAt),
      };
      const message = res.writableFinished ? "request completed" : "request aborted";
      if (res.statusCode >= 500) logger.warn(line, message);
      else logger.info(line, message);
    });
    next();
  };
}

/**
 * Maximum length of a logged path or header. More adds no information, and strangers could fill the disk with lines of
 * 64 KB.
 */
export const LOGGED_LENGTH = 200;

/** The path without its query, which may contain private data. */
function pathOf(url: string): string {
  return url.slice(0, LOGGED_LENGTH).split("?", 1)[0] ?? "";
}

declare global {
  namespace Express {
    interface Request {
      id: string;
      log: Logger;
      ownLog?: Logger;
    }
  }
}
