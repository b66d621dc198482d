import type { Request } from "express";
import { Refusal } from "./problem.ts";

/**
 * Throws `csrf_rejected` for an unsafe request that did not come from our own pages: a browser says so itself
 * (`Sec-Fetch-Site`, Fetch Metadata), an older one by `Origin`; what has neither is no browser, and must bring no
 * cookie. Source: OWASP CSRF Prevention Cheat Sheet, "Fetch Metadata headers".
 */
export function refuseCrossSite(req: Request, publicOrigin: string): void {
  const site = req.headers["sec-fetch-site"];
  const origin = req.headers.origin;
  if (
    site !== undefined ? site === "same-origin" : origin !== undefined ? origin === publicOrigin : !req.headers.cookie
  )
    return;
  req.log.warn({ event: "malicious_csrf", site, origin }, "cross-site request refused");
  throw new Refusal("csrf_rejected");
}
