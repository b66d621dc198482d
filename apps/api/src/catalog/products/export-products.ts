import { PAGE_SIZE } from "@yumroad/contract";
import type { Database } from "../../platform/db/database.ts";
import { presentForExport } from "./present.ts";
import { listOfOwnerInFull, type ProductInFull } from "./queries.ts";

/**
 * A user's products for their data export, newest first. Reads the next page only after the caller has consumed the
 * previous one, so that a large store needs little memory and a slow reader keeps no transaction open.
 */
export async function* exportProducts(database: Database, ownerId: string): AsyncGenerator<object> {
  const limit = PAGE_SIZE.max;
  for (let afterId: string | null = null; ; ) {
    const rows: ProductInFull[] = await listOfOwnerInFull(database, ownerId, { afterId, limit });
    for (const row of rows) yield presentForExport(row);
    if (rows.length < limit) return;
    afterId = rows.at(-1)?.id ?? null;
  }
}
