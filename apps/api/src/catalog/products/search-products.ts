import type { Database } from "../../platform/db/database.ts";
import type { PageWanted } from "../../platform/http/paging.ts";
import { CARD, type ListedProduct } from "./queries.ts";
import { tokenizeText, WORD_LENGTH } from "./tokenize-text.ts";

/** Tables of the search, which no entity maps: triggers keep them up to date. */
export const SEARCH_TABLES = [/^product_(?:keys|search)/];

/** Bounds the cost of one search: further words are ignored. Real searches have fewer. */
const MAX_WORDS = 8;

interface SearchInput {
  /** The search as it was typed. */
  text: string;
  page: PageWanted;
}

/**
 * Published products with a word in name or description that begins with each word of `text`, newest first. Every word
 * may be a beginning: the last one is still being typed, and "brush" should match "brushes" at any place. A text
 * without a letter or digit finds nothing.
 */
export async function searchProducts(
  database: Database,
  { text, page: { afterId, limit } }: SearchInput,
): Promise<ListedProduct[]> {
  const words = tokenizeText(text);
  if (words.length === 0) return [];
  const hitsIn = { sqlite: hitsInSqlite, postgres: hitsInPostgres }[database.kind];
  let found: ListedProduct[] = [];
  for (const hits of hitsIn({ words, afterId, limit })) {
    const sql = `select ${CARD} from (${hits.sql}) hit join products p on p.id = hit.id join stores s on s.id = p.store_id order by hit.place desc`;
    found = await database.read<ListedProduct>(sql, hits.values);
    if (found.length === limit) break;
  }
  return found;
}

/** A search, split by `tokenizeText`. A product matches if each of `words` is the beginning of one of its words. */
interface ProductSearch {
  words: string[];
  /** The last product of the previous page. */
  afterId: string | null;
  limit: number;
}

/**
 * SQL for the published products that match a search, newest first, as a table of `id` and `place` (greater is newer).
 * There may be several queries, each more expensive than the one before; the next one runs only when a query did not
 * fill the page.
 */
interface ProductHits {
  sql: string;
  values: (string | number)[];
}

/**
 * SQLite: FTS5 walks its lists of products from the newest and stops when the page is full, so common words are cheap.
 * If the cursor's product was deleted, the page begins at the next older one.
 */
function hitsInSqlite({ words, afterId, limit }: ProductSearch): ProductHits[] {
  const isOlder =
    "product_search.rowid < (select key + (product_id <> ?) from product_keys where product_id <= ? order by product_id desc limit 1)";
  return [
    {
      sql: `select k.product_id as id, product_search.rowid as place from product_search join product_keys k on k.key = product_search.rowid
        where product_search match ?${afterId === null ? "" : ` and ${isOlder}`} order by product_search.rowid desc limit ?`,
      values: [
        asked(words, (word) => `"${word}"${isWhole(word) ? "" : "*"}`, " "),
        ...(afterId === null ? [] : [afterId, afterId]),
        limit,
      ],
    },
  ];
}

/** Number of newest products that Postgres scans before it uses the index. */
const NEWEST = 3000;

/**
 * Postgres: its index finds the products with a word, but unordered, so all of them have to be fetched to find the
 * newest. The planner's choice between index and a walk from the newest is wrong for rare words by orders of magnitude.
 * So scan the newest few first, where a common word fills the page, then use the index for rare words.
 */
function hitsInPostgres({ words, afterId, limit }: ProductSearch): ProductHits[] {
  const query = asked(words, (word) => `'${word}'${isWhole(word) ? "" : ":*"}`, " & ");
  const isOlder = afterId === null ? "true" : "product_id < ?";
  const after = afterId === null ? [] : [afterId];
  return [
    {
      // The inner limit keeps the condition from being pushed down, and so the index from being used.
      sql: `select product_id as id, product_id as place from
        (select * from product_search where ${isOlder} order by product_id desc limit ${NEWEST}) newest
        where words @@ ?::tsquery limit ?`,
      values: [...after, query, limit],
    },
    {
      // "materialized" plans the subquery without the limit; with the limit the planner would choose to walk.
      sql: `with found as materialized (select product_id from product_search where words @@ ?::tsquery and ${isOlder})
        select product_id as id, product_id as place from found order by product_id desc limit ?`,
      values: [query, ...after, limit],
    },
  ];
}

/** True when no longer word can begin with this one: then the databases need no prefix search. */
function isWhole(word: string): boolean {
  return [...word].length >= WORD_LENGTH;
}

function asked(words: string[], ask: (word: string) => string, and: string): string {
  return words.slice(0, MAX_WORDS).map(ask).join(and);
}
