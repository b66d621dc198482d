import { maySell } from "@yumroad/contract";
import type { AccountExtension } from "../identity/users/account-extension.ts";
import { UserEntity } from "../identity/users/user.entity.ts";
import type { Database } from "../platform/db/database.ts";
import { lockShopKind } from "../shop/shop-kind.ts";
import { exportContents } from "./contents/export-contents.ts";
import { exportPictures } from "./pictures/export-pictures.ts";
import { exportPriceChanges } from "./products/export-price-changes.ts";
import { exportProducts } from "./products/export-products.ts";
import { namesOfProducts } from "./products/queries.ts";
import { closeStore, reopenStore } from "./products/unpublish-products.ts";
import { exportStore } from "./stores/export-store.ts";
import { findStoreOfOwner } from "./stores/queries.ts";

/**
 * The changes to an account's store and products when the account is closed, reopened or deleted, and their
 * part in its data export.
 */
export function createCatalogExtension(database: Database): AccountExtension {
  return {
    describe: findStoreOfOwner,
    async closed(em, userId, now) {
      // A change of the kind reopens stores, and must not reopen this one before it sees why the store is closed.
      await lockShopKind(em);
      await closeStore(em, userId, now);
    },
    async reopened(em, userId) {
      const isOperator = (await em.count(UserEntity, { id: userId, operatorSince: { $ne: null } })) > 0;
      if (maySell(await lockShopKind(em), { isOperator })) await reopenStore(em, userId);
    },
    keptUntil: async () => null,
    deleting: async () => false,
    // Nothing to do: foreign keys delete the store and its products together with the user.
    async deleted() {},
    async exported(em, userId) {
      return {
        "store.json": await exportStore(em, userId),
        "products.json": exportProducts(database, userId),
        "price-changes.json": exportPriceChanges(database, userId),
        "contents.json": exportContents(database, userId),
        "pictures.json": exportPictures(database, userId),
      };
    },
    named: namesOfProducts,
  };
}
