// The product's headers, log and request id, by its own code, for servers that are not ours.
import type { RequestListener } from "node:http";
import type { Express, Request, RequestHandler, Response } from "express";
import { logRequests } from "../../src/platform/http/request-log.ts";
import { securityHeaders } from "../../src/platform/http/security-headers.ts";
import { createLogger } from "../../src/platform/lib/logger.ts";

/** Gives an Express app all that the product's answer to a session check carries, and takes away what it does not. */
export function dress(app: Express): void {
  app.disable("x-powered-by");
  app.disable("etag");
  for (const layer of layersFor(app)) app.use(layer);
}

/** The same for a listener of node:http. */
export function dressed(listener: RequestListener, isDressed: boolean): RequestListener {
  if (!isDressed) return listener;
  const layers = layersFor({ request: {} } as Express);
  return (req, res) => {
    (req as Request).originalUrl = req.url ?? "";
    for (const layer of layers) layer(req as Request, res as Response, () => {});
    listener(req, res);
  };
}

function layersFor(app: Express): RequestHandler[] {
  return [
    logRequests(app, createLogger("info")),
    securityHeaders(true),
    (_req, res, next) => {
      res.setHeader("Cache-Control", "no-store");
      next();
    },
  ];
}
