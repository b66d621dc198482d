import type { ListedStore, ReviewedProduct } from "@yumroad/contract";
import type { ProductOfOperator, StoreOfOperator } from "./queries.ts";

export function presentListedStore(row: StoreOfOperator): ListedStore {
  const { handle, name, ownerEmail, publishedProducts, takenDownReason, createdAt } = row;
  return {
    handle,
    name,
    ownerEmail,
    publishedProducts: Number(publishedProducts),
    takenDownReason,
    createdAt: createdAt.toISOString(),
  };
}

export function presentReviewedProduct(row: ProductOfOperator): ReviewedProduct {
  const { slug, name, status, storeHandle, storeName, takenDownReason } = row;
  return { slug, name, status, store: { handle: storeHandle, name: storeName }, takenDownReason };
}
