import type { Database } from "../../platform/db/database.ts";
import { readInPages } from "../../platform/http/read-in-pages.ts";
import { listOfOwner } from "../products/queries.ts";
import { listContents } from "./queries.ts";

/**
 * Reads the contents of a user's products for the data export: the newest product first, and the contents of each in the
 * order in which buyers see them. Like `exportProducts`, it holds one page at a time.
 */
export async function* exportContents(database: Database, ownerId: string): AsyncGenerator<object> {
  for await (const { id, slug } of readInPages((page) => listOfOwner(database, ownerId, page))) {
    // A product has fewer contents than a page has rows.
    for (const { kind, title, body, file } of await listContents(database, id))
      yield { product: slug, kind, title, ...(file === null ? { body } : { file }) };
  }
}
