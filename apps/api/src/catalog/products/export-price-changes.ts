import type { Database } from "../../platform/db/database.ts";
import { readInPages } from "../../platform/http/read-in-pages.ts";
import { listOfOwner, listPriceChanges } from "./queries.ts";

/**
 * All prices that a user's products have had, for their data export: product by product, the newest product first, the
 * oldest price first. Like `exportProducts`, it holds one page at a time.
 */
export async function* exportPriceChanges(database: Database, ownerId: string): AsyncGenerator<object> {
  for await (const { id, slug } of readInPages((page) => listOfOwner(database, ownerId, page))) {
    for await (const { amount, currency, at } of readInPages((page) => listPriceChanges(database, id, page))) {
      yield { product: slug, price: { amount, currency }, at: at.toISOString() };
    }
  }
}
