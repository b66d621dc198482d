import type { Database } from "../../platform/db/database.ts";
import { readInPages } from "../../platform/http/read-in-pages.ts";
import { presentForExport } from "./present.ts";
import { listOfOwnerInFull } from "./queries.ts";

/**
 * A user's products for their data export, newest first. Reads the next page only after the caller has consumed the
 * previous one, so that a large store needs little memory and a slow reader keeps no transaction open.
 */
export async function* exportProducts(database: Database, ownerId: string): AsyncGenerator<object> {
  for await (const row of readInPages((page) => listOfOwnerInFull(database, ownerId, page)))
    yield presentForExport(row);
}
