import { endpoints, PAGE_SIZE } from "@yumroad/contract";
import { pictureUrl } from "../../catalog/products/picture-url.ts";
import type { Database } from "../../platform/db/database.ts";
import { pageOf, pageWanted } from "../../platform/http/paging.ts";
import type { Serve } from "../../platform/http/serve.ts";
import { itemsOfSales } from "../sales/queries.ts";
import { listLibrary } from "./queries.ts";

export function serveLibrary(serve: Serve<{ database: Database }>): void {
  serve(endpoints.library.list, async ({ ctx, user, query }) => {
    const limit = query.limit ?? PAGE_SIZE.usual;
    const rows = await listLibrary(ctx.database, { userId: user.id, page: pageWanted(query.cursor, limit) });
    const items = await itemsOfSales(ctx.em, rows);
    return {
      body: pageOf(rows, limit, (row) => ({
        ref: row.ref,
        coverUrl: row.coverId === null ? null : pictureUrl(row.coverId),
        items: items.get(row.id) ?? [],
        store: { handle: row.storeHandle, name: row.storeName },
        paidAt: row.paidAt.toISOString(),
        hasAccess: row.accessId !== null,
      })),
    };
  });
}
