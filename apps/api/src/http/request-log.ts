import { randomUUID } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import { pinoHttp } from "pino-http";
import type { Logger } from "../lib/logger.ts";

/** One line a request, under an id that its answer carries too. Of the request: method and path, nothing else. */
export function logRequests(logger: Logger): RequestHandler {
  return pinoHttp<Request, Response>({
    logger,
    genReqId(_req, res) {
      const id = randomUUID();
      res.setHeader("X-Request-Id", id);
      return id;
    },
    quietReqLogger: true,
    serializers: {
      req: (req: { method: string; url: string }) => ({ method: req.method, path: pathOf(req.url) }),
      res: (res: { statusCode: number }) => ({ status: res.statusCode }),
      err: (error: { type?: string; message?: string }) => ({ type: error.type, message: error.message }),
    },
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? "warn" : "info"),
  }) as unknown as RequestHandler;
}

/** The path without its query, in which people and mails put what is nobody else's business. */
function pathOf(url: string): string {
  return url.split("?", 1)[0] ?? "";
}
