import type { IncomingHttpHeaders } from "node:http";
import type { Request } from "express";
import { isLoopbackName } from "../../config/env.ts";
import { Refusal } from "./problem.ts";

interface Site {
  publicOrigin: string;
  isLocalDemo: boolean;
}

/**
 * Throws `csrf_rejected` for an unsafe request that does not come from this site's pages. Source: OWASP CSRF Prevention
 * Cheat Sheet, "Fetch Metadata headers".
 */
export function refuseCrossSite(req: Request, { publicOrigin, isLocalDemo }: Site): void {
  const { "sec-fetch-site": site, origin } = req.headers;
  if (isOurs(req.headers, publicOrigin) && !(isLocalDemo && isFromElsewhere(origin))) return;
  req.log.warn({ event: "malicious_csrf", site, origin }, "cross-site request refused");
  throw new Refusal("csrf_rejected");
}

/** Uses the most reliable header that the client sends. */
function isOurs({ "sec-fetch-site": site, origin, cookie }: IncomingHttpHeaders, publicOrigin: string): boolean {
  // Current browsers name the requesting site (Fetch Metadata), and pages can't change that.
  if (site !== undefined) return site === "same-origin";
  // Older browsers at least name the requesting origin.
  if (origin !== undefined) return origin === publicOrigin;
  // Every browser sends one of the two: this is a program, for example another server, and acts for itself as long as
  // it sends no cookie.
  return !cookie;
}

/**
 * True for a page that is not on this machine: a proxy (nginx by default, `ssh -R`) has published the local demo under
 * another name. Its pages are "same-origin" there, but a demo, with its known login, is for this machine only.
 */
function isFromElsewhere(origin: string | undefined): boolean {
  if (origin === undefined) return false;
  return !URL.canParse(origin) || !isLoopbackName(new URL(origin).hostname);
}
