import type { Database } from "../../platform/db/database.ts";
import type { PageWanted } from "../../platform/http/paging.ts";
import { CARD, type ListedProduct } from "./queries.ts";
import { tokenizeText, WORD_LENGTH } from "./tokenize-text.ts";

/** Tables of the search index. No entity maps them: triggers keep them up to date. */
export const SEARCH_TABLES = [/^product_(?:keys|search)/];

/** Maximum number of words in a search, to bound its cost; further words are ignored. */
const MAX_WORDS = 8;

interface SearchInput {
  /** The search as the user typed it. */
  text: string;
  page: PageWanted;
}

/**
 * Published products that match a search, newest first. A product matches if each word of `text` is the beginning of a
 * word in its name or description. This holds for every word, not only for the last one, which the user may still be
 * typing: "brush" matches "brushes" at any place. A text without letters and digits matches nothing.
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
  /** Id of the last product on the previous page; null: the first page is wanted. */
  afterId: string | null;
  limit: number;
}

/**
 * A query for the published products that match a search, newest first, with the columns `id` and `place` (greater is
 * newer). A database may need several queries for one search, each more expensive than the one before: the next query
 * runs only if the previous one did not fill the page.
 */
interface ProductHits {
  sql: string;
  values: (string | number)[];
}

/**
 * SQLite: FTS5 reads the matching products from the newest and stops when the page is full, so common words are cheap.
 * If the last product of the previous page was deleted, the page begins with the next older product.
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

/** Number of newest products that Postgres scans before it uses the search index. */
const NEWEST = 3000;

/**
 * Postgres: its search index returns the matching products in no order, so the query has to fetch all of them to find
 * the newest. If the planner chose between the index and a scan from the newest product, its choice would make rare
 * words slower by orders of magnitude. So the first query scans only the newest products, among which a common word
 * fills the page; the second query uses the index, which is fast for rare words.
 */
function hitsInPostgres({ words, afterId, limit }: ProductSearch): ProductHits[] {
  const query = asked(words, (word) => `'${word}'${isWhole(word) ? "" : ":*"}`, " & ");
  const isOlder = afterId === null ? "true" : "product_id < ?";
  const after = afterId === null ? [] : [afterId];
  return [
    {
      // The inner limit keeps the planner from moving the condition into the subquery, where it would use the index.
      sql: `select product_id as id, product_id as place from
        (select * from product_search where ${isOlder} order by product_id desc limit ${NEWEST}) newest
        where words @@ ?::tsquery limit ?`,
      values: [...after, query, limit],
    },
    {
      // "materialized" makes the planner plan the subquery without the limit. With the limit it would scan from the
      // newest product.
      sql: `with found as materialized (select product_id from product_search where words @@ ?::tsquery and ${isOlder})
        select product_id as id, product_id as place from found order by product_id desc limit ?`,
      values: [query, ...after, limit],
    },
  ];
}

/** True for a word of maximum length: no longer word can begin with it, so the databases need no prefix search. */
function isWhole(word: string): boolean {
  return [...word].length >= WORD_LENGTH;
}

function asked(words: string[], ask: (word: string) => string, and: string): string {
  return words.slice(0, MAX_WORDS).map(ask).join(and);
}
