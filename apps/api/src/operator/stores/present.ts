import type { ListedStore, ReviewedProduct, TakenDownProduct } from "@yumroad/contract";
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

export function presentTakenDownProduct(row: ProductOfOperator): TakenDownProduct {
  const { takenDownReason, takenDownAt, ...product } = row;
  if (takenDownReason === null || takenDownAt === null) throw new Error("The product is not taken down");
  return {
    ...presentReviewedProduct({ ...product, takenDownReason, takenDownAt }),
    takenDownReason,
    takenDownAt: takenDownAt.toISOString(),
  };
}
