import type { Database } from "../../platform/db/database.ts";
import type { PageWanted } from "../../platform/http/paging.ts";
import { CARD, type ListedProduct } from "./queries.ts";
import { tokenizeText, WORD_LENGTH } from "./tokenize-text.ts";

/** Tables of the search beside those of the entities, which know nothing of them: triggers, not named there either, keep them. */
export const SEARCH_TABLES = [/^product_(?:keys|search)/];

/** More words than anybody types; the rest is not looked at, so that one search can only cost so much. */
const MAX_WORDS = 8;

interface SearchInput {
  /** As somebody typed it. */
  text: string;
  page: PageWanted;
}

/**
 * Published products whose name and description have a word that begins with each word of `text`, the newest first.
 * Every word may be a beginning: the last one is still being typed, and "brush" should find brushes wherever it
 * stands. A text without a letter or digit in it finds nothing.
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

/** A search, in the words that `tokenizeText` makes; each has to begin a word of the product. */
interface ProductSearch {
  words: string[];
  /** The last product of the page before. */
  afterId: string | null;
  limit: number;
}

/**
 * SQL for the published products that a search finds, the newest first, as a table of `id` and `place`: the greater,
 * the newer. It may have the database look in several ways, each dearer than the one before: when one does not fill
 * the page, the next tells all.
 */
interface ProductHits {
  sql: string;
  values: (string | number)[];
}

/**
 * SQLite: FTS5 goes down its lists of products from the newest and stops when the page is full, so common words cost
 * nothing. A cursor's product may be gone: then the page begins at the next older one.
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

/** The newest products that Postgres looks through by itself before it turns to the index. */
const NEWEST = 3000;

/**
 * Postgres: its index tells which products have a word, but in no order, so it has to fetch all of them to find the
 * newest; its own guess whether that is better than walking from the newest is wrong for rare words by orders of
 * magnitude. So: first the newest few, where a common word fills the page; then the index, for a word that is none.
 */
function hitsInPostgres({ words, afterId, limit }: ProductSearch): ProductHits[] {
  const query = asked(words, (word) => `'${word}'${isWhole(word) ? "" : ":*"}`, " & ");
  const isOlder = afterId === null ? "true" : "product_id < ?";
  const after = afterId === null ? [] : [afterId];
  return [
    {
      // The limit inside keeps the condition from being pushed in, and so the index from being used.
      sql: `select product_id as id, product_id as place from
        (select * from product_search where ${isOlder} order by product_id desc limit ${NEWEST}) newest
        where words @@ ?::tsquery limit ?`,
      values: [...after, query, limit],
    },
    {
      // "materialized": planned without the limit, for which the planner would rather walk.
      sql: `with found as materialized (select product_id from product_search where words @@ ?::tsquery and ${isOlder})
        select product_id as id, product_id as place from found order by product_id desc limit ?`,
      values: [query, ...after, limit],
    },
  ];
}

/** True when nothing can come after: then the databases need not look for what begins like it. */
function isWhole(word: string): boolean {
  return [...word].length >= WORD_LENGTH;
}

function asked(words: string[], ask: (word: string) => string, and: string): string {
  return words.slice(0, MAX_WORDS).map(ask).join(and);
}
