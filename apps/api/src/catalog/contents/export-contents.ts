import type { Database } from "../../platform/db/database.ts";
import { listOfOwner } from "../products/queries.ts";
import { readInPages } from "../products/read-in-pages.ts";
import { listContents } from "./queries.ts";

/**
 * What buyers of a user's products get, for the user's data export: product by product, the newest product first, in
 * the order in which buyers see it. Like `exportProducts`, it holds one page at a time.
 */
export async function* exportContents(database: Database, ownerId: string): AsyncGenerator<object> {
  for await (const { id, slug } of readInPages((page) => listOfOwner(database, ownerId, page))) {
    // A product has fewer contents than a page has rows.
    for (const { kind, title, body } of await listContents(database, id)) yield { product: slug, kind, title, body };
  }
}
