import type { IncomingHttpHeaders } from "node:http";
import type { Request } from "express";
import { isLoopbackName } from "../../config/env.ts";
import { Refusal } from "./problem.ts";
import { LOGGED_LENGTH } from "./request-log.ts";

interface Site {
  publicOrigin: string;
  isLocalDemo: boolean;
}

/**
 * Throws `csrf_rejected` for a request that does not come from this site's pages. Call this for unsafe methods. Source:
 * OWASP CSRF Prevention Cheat Sheet, "Fetch Metadata headers".
 */
export function refuseCrossSite(req: Request, { publicOrigin, isLocalDemo }: Site): void {
  const { "sec-fetch-site": site, origin } = req.headers;
  if (isOurs(req.headers, publicOrigin) && !(isLocalDemo && isFromElsewhere(origin))) return;
  const claimed = { site: site?.slice(0, LOGGED_LENGTH), origin: origin?.slice(0, LOGGED_LENGTH) };
  req.log.warn({ event: "malicious_csrf", ...claimed }, "cross-site request refused");
  throw new Refusal("csrf_rejected");
}

/** Uses the most reliable of the relevant headers that the client has sent. */
function isOurs({ "sec-fetch-site": site, origin, cookie }: IncomingHttpHeaders, publicOrigin: string): boolean {
  // Current browsers send the relation of the requesting site to this one (Fetch Metadata); pages can't change this
  // header.
  if (site !== undefined) return site === "same-origin";
  // Older browsers send at least the origin of the requesting page.
  if (origin !== undefined) return origin === publicOrigin;
  // Every browser sends `Sec-Fetch-Site` or `Origin`, so this client is a program, for example another server. A
  // request without a cookie can't use a user's session.
  return !cookie;
}

/**
 * True for a page that is not on this machine: a proxy (nginx by default, `ssh -R`) has published the local demo under
 * another name. Browsers call its requests "same-origin", but the demo, whose login is publicly known, is for this
 * machine only.
 */
function isFromElsewhere(origin: string | undefined): boolean {
  if (origin === undefined) return false;
  return !URL.canParse(origin) || !isLoopbackName(new URL(origin).hostname);
}
