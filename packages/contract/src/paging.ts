import * as z from "zod/mini";
import { fault } from "./faults.ts";

export const PAGE_SIZE = { min: 1, max: 100, usual: 24 } as const;

const emptyIsAbsent = z.transform((value: string) => (value === "" ? undefined : value));

/** An opaque position in a list: `nextCursor` of the previous page. */
const Cursor = z.pipe(z.string().check(z.maxLength(200), z.regex(/^[\w-]*$/, fault("cursor_invalid"))), emptyIsAbsent);

const Limit = z.pipe(
  z.string().check(z.regex(/^\d{1,3}$/, fault("limit_invalid"))),
  z.pipe(
    z.transform(Number),
    z
      .number()
      .check(
        z.gte(PAGE_SIZE.min, fault("limit_too_low", { min: PAGE_SIZE.min })),
        z.lte(PAGE_SIZE.max, fault("limit_too_high", { max: PAGE_SIZE.max })),
      ),
  ),
);

export const SEARCH_MAX_LENGTH = 100;

const SearchWords = z.pipe(
  z.string().check(
    z.refine((value) => !/\p{Cc}|\p{Surrogate}/u.test(value), fault("control_character", { field: "search" })),
    z.trim(),
    z.maxLength(SEARCH_MAX_LENGTH, fault("search_too_long", { max: SEARCH_MAX_LENGTH })),
  ),
  emptyIsAbsent,
);

/**
 * Makes any text a valid search: removes control characters and cuts the text, because users can edit it in the address
 * bar.
 */
export function searchWordsOf(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, SEARCH_MAX_LENGTH)
    .replace(/\p{Surrogate}/gu, "")
    .trim();
}

/** The query of a list without search. Pages follow each other by an opaque cursor (keyset pagination). */
export const PageQuery = z.strictObject({ cursor: z.optional(Cursor), limit: z.optional(Limit) });

/** The query of a list with search. */
export const SearchQuery = z.strictObject({
  q: z.optional(SearchWords),
  cursor: z.optional(Cursor),
  limit: z.optional(Limit),
});

/** A page of a list. `nextCursor` is null on the last page. */
export function page<Item extends z.ZodMiniType>(item: Item) {
  return z.strictObject({ items: z.array(item), nextCursor: z.nullable(z.string()) });
}
