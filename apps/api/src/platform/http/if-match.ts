import type { Request } from "express";
import { Refusal } from "./problem.ts";

/**
 * Throws unless `If-Match` names the version there is: 428 when it names none (or `*`, which would be any), 412 when
 * it names others. A tag counts with `W/` in front as well, since proxies that compress weaken it.
 * Source: RFC 9110, 13.1.1; RFC 6585, 3.
 */
export function requireVersion(req: Request, currentTag: string): void {
  const named = [...(req.headers["if-match"] ?? "").matchAll(/(?:W\/)?("[^"]*")/g)].map(([, tag]) => tag);
  if (named.length === 0) throw new Refusal("precondition_required");
  if (!named.includes(currentTag)) throw new Refusal("version_conflict");
}
