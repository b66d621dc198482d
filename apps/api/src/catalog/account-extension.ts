import { PAGE_SIZE } from "@yumroad/contract";
import type { AccountExtension } from "../identity/users/account-extension.ts";
import type { Database } from "../platform/db/database.ts";
import type { PageWanted } from "../platform/http/paging.ts";
import { presentForExport } from "./products/present.ts";
import { listOfOwnerInFull, namesOfProducts, type ProductInFull } from "./products/queries.ts";
import { republishProducts, unpublishProducts } from "./products/unpublish-products.ts";
import { createStore } from "./stores/create-store.ts";
import { findStoreOfOwner } from "./stores/queries.ts";

/** An account's store and products: what becomes of them when the account comes, closes and goes. */
export function createCatalogExtension(database: Database): AccountExtension {
  return {
    created: createStore,
    describe: findStoreOfOwner,
    closed: unpublishProducts,
    reopened: republishProducts,
    // The database cascades from the user to the store, and from there to its products.
    async deleted() {},
    async exported(em, userId) {
      return {
        "store.json": (await findStoreOfOwner(em, userId)) ?? {},
        "products.json": everyProduct((page) => listOfOwnerInFull(database, userId, page)),
      };
    },
    named: namesOfProducts,
  };
}

/** Reads page by page while the export is sent, so that a large store takes no memory. */
async function* everyProduct(read: (page: PageWanted) => Promise<ProductInFull[]>): AsyncGenerator<object> {
  const limit = PAGE_SIZE.max;
  for (let afterId: string | null = null; ; ) {
    const rows: ProductInFull[] = await read({ afterId, limit });
    for (const row of rows) yield presentForExport(row);
    if (rows.length < limit) return;
    afterId = rows.at(-1)?.id ?? null;
  }
}
