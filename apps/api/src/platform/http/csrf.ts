import type { Request } from "express";
import { isLoopbackName } from "../../config/env.ts";
import { Refusal } from "./problem.ts";

interface Site {
  publicOrigin: string;
  isLocalDemo: boolean;
}

/**
 * Throws `csrf_rejected` for an unsafe request that did not come from our own pages: a browser says so itself
 * (`Sec-Fetch-Site`, Fetch Metadata), an older one by `Origin`; what has neither is no browser, and must bring no
 * cookie. Source: OWASP CSRF Prevention Cheat Sheet, "Fetch Metadata headers".
 */
export function refuseCrossSite(req: Request, { publicOrigin, isLocalDemo }: Site): void {
  const site = req.headers["sec-fetch-site"];
  const origin = req.headers.origin;
  const isOurs =
    site !== undefined ? site === "same-origin" : origin !== undefined ? origin === publicOrigin : !req.headers.cookie;
  if (isOurs && !(isLocalDemo && isFromElsewhere(origin))) return;
  req.log.warn({ event: "malicious_csrf", site, origin }, "cross-site request refused");
  throw new Refusal("csrf_rejected");
}

/**
 * Whether a page that does not stand on this machine asks: a proxy (nginx as it comes, `ssh -R`) has put the local demo
 * under a public name. Its pages are "same-origin" there, but a demo, with its known log-in, is for this machine alone.
 */
function isFromElsewhere(origin: string | undefined): boolean {
  if (origin === undefined) return false;
  return !URL.canParse(origin) || !isLoopbackName(new URL(origin).hostname);
}
