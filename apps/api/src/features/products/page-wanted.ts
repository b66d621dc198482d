import { Refusal } from "../../http/problem.ts";
import { decodeCursor } from "../../lib/cursor.ts";
import type { PageWanted } from "./queries.ts";

/**
 * The rows to ask for: one more than the page holds, to learn whether there is another page.
 * Throws `invalid_input` for a cursor that no list of ours gave.
 */
export function pageWanted(cursor: string | undefined, limit: number): PageWanted {
  const afterId = cursor === undefined ? null : decodeCursor(cursor);
  if (cursor !== undefined && afterId === null) {
    throw new Refusal("invalid_input", {
      issues: [{ path: ["query", "cursor"], message: "This is not a cursor of ours" }],
    });
  }
  return { afterId, limit: limit + 1 };
}
