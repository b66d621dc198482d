import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestHandler, Response } from "express";
import helmet from "helmet";

const YEAR_IN_SECONDS = 31_536_000;

/** Sets the headers of R42 on every answer. For a page, `allowNonce` replaces the content security policy. */
export function securityHeaders(isHttps: boolean): RequestHandler {
  const common = helmet({
    contentSecurityPolicy: false,
    strictTransportSecurity: isHttps ? { maxAge: YEAR_IN_SECONDS, includeSubDomains: false } : false,
    referrerPolicy: { policy: "strict-origin-when-cross-origin" },
    crossOriginOpenerPolicy: { policy: "same-origin" },
    crossOriginResourcePolicy: { policy: "same-origin" },
    xFrameOptions: { action: "deny" },
  });
  const headers = [["Content-Security-Policy", policy("'self'")] as const, ...headersOf(common)];
  return (_req, res, next) => {
    for (const [name, value] of headers) res.setHeader(name, value);
    next();
  };
}

/** Returns the headers that helmet sets. Computed once, since they are the same for every answer. */
function headersOf(middleware: ReturnType<typeof helmet>): [string, string][] {
  const headers = new Map<string, string>();
  const response = {
    setHeader: (name: string, value: string) => headers.set(name, value),
    removeHeader: (name: string) => headers.delete(name),
  };
  middleware({} as IncomingMessage, response as unknown as ServerResponse, (error) => {
    if (error) throw error;
  });
  return [...headers];
}

/** Lets one page use its inline script and the inline styles with this nonce (Mantine writes some). */
export function allowNonce(res: Response, nonce: string): void {
  res.set("Content-Security-Policy", policy(`'self' 'nonce-${nonce}'`));
}

function policy(own: string): string {
  return [
    "default-src 'self'",
    `script-src ${own}`,
    `style-src ${own}`,
    "font-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
