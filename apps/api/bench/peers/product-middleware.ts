// The product's own middleware (headers, log, request id) for the servers that it is compared with.
import type { RequestListener } from "node:http";
import type { Express, Request, RequestHandler, Response } from "express";
import { logRequests } from "../../src/platform/http/request-log.ts";
import { securityHeaders } from "../../src/platform/http/security-headers.ts";
import { createLogger } from "../../src/platform/lib/logger.ts";

/** Gives an Express app the headers that the product's answer to a session check has, and removes the others. */
export function addProductMiddleware(app: Express): void {
  app.disable("x-powered-by");
  app.disable("etag");
  for (const layer of middlewareFor(app)) app.use(layer);
}

/** The same for a listener of node:http. */
export function withProductMiddleware(listener: RequestListener, hasMiddleware: boolean): RequestListener {
  if (!hasMiddleware) return listener;
  const layers = middlewareFor({ request: {} } as Express);
  return (req, res) => {
    (req as Request).originalUrl = req.url ?? "";
    for (const layer of layers) layer(req as Request, res as Response, () => {});
    listener(req, res);
  };
}

function middlewareFor(app: Express): RequestHandler[] {
  return [
    logRequests(app, createLogger("info")),
    securityHeaders(true),
    (_req, res, next) => {
      res.setHeader("Cache-Control", "no-store");
      next();
    },
  ];
}
