import type { Request } from "express";
import { Refusal } from "./problem.ts";

/**
 * Throws unless the header `If-Match` names the current version: 428 when it names no version (or is `*`, which matches
 * any version), 412 when it names only other versions. `W/` before a tag is ignored, since compressing proxies add it.
 * Source: RFC 9110, 13.1.1; RFC 6585, 3.
 */
export function requireVersion(req: Request, currentTag: string): void {
  const named = [...(req.headers["if-match"] ?? "").matchAll(/(?:W\/)?("[^"]*")/g)].map(([, tag]) => tag);
  if (named.length === 0) throw new Refusal("precondition_required");
  if (!named.includes(currentTag)) throw new Refusal("version_conflict");
}
