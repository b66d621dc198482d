import type { AccountExtension } from "../identity/users/account-extension.ts";
import type { Database } from "../platform/db/database.ts";
import { exportContents } from "./contents/export-contents.ts";
import { exportPriceChanges } from "./products/export-price-changes.ts";
import { exportProducts } from "./products/export-products.ts";
import { namesOfProducts } from "./products/queries.ts";
import { republishProducts, unpublishProducts } from "./products/unpublish-products.ts";
import { findStoreOfOwner } from "./stores/queries.ts";

/**
 * The changes to an account's store and products when the account is closed, reopened or deleted, and their
 * part in its data export.
 */
export function createCatalogExtension(database: Database): AccountExtension {
  return {
    describe: findStoreOfOwner,
    closed: unpublishProducts,
    reopened: republishProducts,
    // Nothing to do: foreign keys delete the store and its products together with the user.
    async deleted() {},
    async exported(em, userId) {
      return {
        "store.json": (await findStoreOfOwner(em, userId)) ?? {},
        "products.json": exportProducts(database, userId),
        "price-changes.json": exportPriceChanges(database, userId),
        "contents.json": exportContents(database, userId),
      };
    },
    named: namesOfProducts,
  };
}
