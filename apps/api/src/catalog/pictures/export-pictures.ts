import type { Database } from "../../platform/db/database.ts";
import { readInPages } from "../../platform/http/read-in-pages.ts";
import { listOfOwner } from "../products/queries.ts";
import { listPictures } from "./queries.ts";

/**
 * Reads what is kept of the pictures of a user's products for the data export: the newest product first, and the pictures
 * of each in their order. Like `exportProducts`, it holds one page at a time.
 */
export async function* exportPictures(database: Database, ownerId: string): AsyncGenerator<object> {
  for await (const { id, slug } of readInPages((page) => listOfOwner(database, ownerId, page))) {
    // A product has fewer pictures than a page has rows.
    for (const picture of await listPictures(database, id)) yield { product: slug, ...picture };
  }
}
