import type { Sender } from "./cookie-jar.ts";
import { isTrustworthy } from "./trustworthy.ts";

export interface BrowserRequest {
  method: string;
  /** Origin of the requesting page: "null" for a sandboxed page, `null` for an address that was typed. */
  pageOrigin: string | null;
  /** Origin of the requested site, as users see it. */
  targetOrigin: string;
  mode: "cors" | "no-cors" | "same-origin" | "navigate";
  /** `Sec-Fetch-Dest`: "empty" for `fetch`, "document" for a page, "iframe" for one in a frame, "image"… */
  dest: string;
}

/** Relation of the requesting page to the requested site, as `Sec-Fetch-Site` and SameSite cookies see it. */
export function senderOf(request: BrowserRequest): Sender {
  const { method, pageOrigin, targetOrigin } = request;
  return { site: siteOf(pageOrigin, targetOrigin), isTopLevel: isTopLevel(request), isSafeMethod: isSafe(method) };
}

/** The `Origin` that Chromium sends: with every unsafe method, and with every CORS request to another origin. */
export function originHeader(request: BrowserRequest): string | null {
  const isOtherOrigin = request.pageOrigin !== request.targetOrigin;
  return !isSafe(request.method) || (request.mode === "cors" && isOtherOrigin) ? (request.pageOrigin ?? "null") : null;
}

/** The `Accept` that Chromium sends: a preference for HTML when it navigates, otherwise anything. */
export function acceptHeader({ mode }: BrowserRequest): string {
  return mode === "navigate" ? "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" : "*/*";
}

/** The `Sec-Fetch-*` headers that Chromium sends (W3C Fetch Metadata), to https and to loopback addresses. */
export function secFetchHeaders(request: BrowserRequest): Record<string, string> {
  if (!isTrustworthy(new URL(request.targetOrigin))) return {};
  const headers = {
    "Sec-Fetch-Site": senderOf(request).site,
    "Sec-Fetch-Mode": request.mode,
    "Sec-Fetch-Dest": request.dest,
  };
  return isTopLevel(request) ? { ...headers, "Sec-Fetch-User": "?1" } : headers;
}

/** Frames navigate too, but the address bar does not show where to. */
function isTopLevel({ mode, dest }: BrowserRequest): boolean {
  return mode === "navigate" && dest === "document";
}

function isSafe(method: string): boolean {
  return ["GET", "HEAD"].includes(method.toUpperCase());
}

function siteOf(pageOrigin: string | null, targetOrigin: string): Sender["site"] {
  if (pageOrigin === null) return "none";
  if (pageOrigin === targetOrigin) return "same-origin";
  if (!URL.canParse(pageOrigin)) return "cross-site";
  const [page, target] = [new URL(pageOrigin), new URL(targetOrigin)];
  const isSameSite = page.protocol === target.protocol && registrable(page) === registrable(target);
  return isSameSite ? "same-site" : "cross-site";
}

/** The registrable domain. The last two labels stand in for the public suffix list. */
function registrable({ hostname }: URL): string {
  return /^[\d.]+$|^\[/.test(hostname) ? hostname : hostname.split(".").slice(-2).join(".");
}
