// No-op replacements of http/request-log.ts and http/security-headers.ts.
import type { Express, RequestHandler } from "express";
import type { Logger } from "../../src/platform/lib/logger.ts";

const nothing: RequestHandler = (_req, _res, next) => next();

export function logRequests(app: Express, logger: Logger): RequestHandler {
  Object.defineProperty(app.request, "log", { value: logger });
  return nothing;
}

export function securityHeaders(): RequestHandler {
  return nothing;
}

export function allowNonce(): void {}
