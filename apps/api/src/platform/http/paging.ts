import { fault } from "@yumroad/contract";
import { decodeCursor, encodeCursor } from "../lib/cursor.ts";
import { Refusal } from "./problem.ts";

/** The rows to query for a page: at most `limit` rows after the one with the id `afterId`; null: from the first row. */
export interface PageWanted {
  afterId: string | null;
  limit: number;
}

/**
 * Returns the rows to query for a page: one more than the page holds, which shows if there is a next page. Throws
 * `invalid_input` for an invalid cursor.
 */
export function pageWanted(cursor: string | undefined, limit: number): PageWanted {
  const afterId = cursor === undefined ? null : decodeCursor(cursor);
  if (cursor !== undefined && afterId === null) {
    throw new Refusal("invalid_input", {
      issues: [{ path: ["query", "cursor"], message: fault("cursor_invalid") }],
    });
  }
  return { afterId, limit: limit + 1 };
}

/**
 * Makes a page of the queried rows. A row beyond `limit` means that there is a next page; otherwise the cursor is null.
 */
export function pageOf<Row extends { id: string }, Item>(
  rows: Row[],
  limit: number,
  present: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(present), nextCursor: rows.length > limit && last ? encodeCursor(last.id) : null };
}
