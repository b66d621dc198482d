import type { Request } from "express";
import { Refusal } from "./problem.ts";

/**
 * Throws unless `If-Match` names the current version: 428 when it names none (or `*`, which matches any), 412 when it
 * names others. A tag matches with `W/` in front as well, since compressing proxies weaken it. Source: RFC 9110,
 * 13.1.1; RFC 6585, 3.
 */
export function requireVersion(req: Request, currentTag: string): void {
  const named = [...(req.headers["if-match"] ?? "").matchAll(/(?:W\/)?("[^"]*")/g)].map(([, tag]) => tag);
  if (named.length === 0) throw new Refusal("precondition_required");
  if (!named.includes(currentTag)) throw new Refusal("version_conflict");
}
