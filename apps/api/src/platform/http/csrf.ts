import type { IncomingHttpHeaders } from "node:http";
import type { Request } from "express";
import { isLoopbackName } from "../../config/env.ts";
import { Refusal } from "./problem.ts";

interface Site {
  publicOrigin: string;
  isLocalDemo: boolean;
}

/**
 * Throws `csrf_rejected` for an unsafe request that did not come from our own pages.
 * Source: OWASP CSRF Prevention Cheat Sheet, "Fetch Metadata headers".
 */
export function refuseCrossSite(req: Request, { publicOrigin, isLocalDemo }: Site): void {
  const { "sec-fetch-site": site, origin } = req.headers;
  if (isOurs(req.headers, publicOrigin) && !(isLocalDemo && isFromElsewhere(origin))) return;
  req.log.warn({ event: "malicious_csrf", site, origin }, "cross-site request refused");
  throw new Refusal("csrf_rejected");
}

/** Each kind of sender is judged by the best that it says of itself. */
function isOurs({ "sec-fetch-site": site, origin, cookie }: IncomingHttpHeaders, publicOrigin: string): boolean {
  // A browser of today says which site asks (Fetch Metadata), and no page can change that.
  if (site !== undefined) return site === "same-origin";
  // An older browser says at least which origin asks.
  if (origin !== undefined) return origin === publicOrigin;
  // No browser leaves out both: this is a program, such as another server, and acts for itself while it brings no cookie.
  return !cookie;
}

/**
 * Whether a page that does not stand on this machine asks: a proxy (nginx as it comes, `ssh -R`) has put the local demo
 * under a public name. Its pages are "same-origin" there, but a demo, with its known log-in, is for this machine alone.
 */
function isFromElsewhere(origin: string | undefined): boolean {
  if (origin === undefined) return false;
  return !URL.canParse(origin) || !isLoopbackName(new URL(origin).hostname);
}
