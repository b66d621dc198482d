import type { OwnProduct, OwnProductCard, Product, ProductCard, Store } from "@yumroad/contract";
import { renderMarkdown } from "../../platform/lib/render-markdown.ts";
import type { StoreInFull } from "../stores/queries.ts";
import { pictureUrl } from "./picture-url.ts";
import type { ListedOwnProduct, ListedProduct, ProductInFull } from "./queries.ts";

export function presentCard(row: ListedProduct): ProductCard {
  return {
    slug: row.slug,
    name: row.name,
    price: { amount: row.priceAmount, currency: row.priceCurrency },
    pricing: row.pricing,
    status: row.status,
    coverUrl: row.coverId === null ? null : pictureUrl(row.coverId),
    store: { handle: row.storeHandle, name: row.storeName },
  };
}

export function presentOwnCard(row: ListedOwnProduct): OwnProductCard {
  return { ...presentCard(row), updatedAt: row.updatedAt.toISOString(), isTakenDown: row.takenDownReason !== null };
}

export function presentProduct(row: ProductInFull): Product {
  return {
    ...presentCard(row),
    description: row.description,
    descriptionHtml: renderMarkdown(row.description, 2),
    suggestedAmount: row.suggestedAmount,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

export function presentOwnProduct(row: ProductInFull): OwnProduct {
  const { needsPriceCheck, takenDownReason } = row;
  return { ...presentProduct(row), needsPriceCheck: Boolean(needsPriceCheck), takenDownReason };
}

export function presentStore({ id: _, ...store }: StoreInFull): Store {
  return { ...store, bioHtml: renderMarkdown(store.bio, 2) };
}

/** A product's version as a strong ETag. A request to change the product sends it as `If-Match` (RFC 9110, 13.1.1). */
export function versionTagOf(row: ProductInFull): string {
  // The tag contains the end of the id, because a deleted product may have had the same slug and version.
  return `"${row.version}-${row.id.slice(-12)}"`;
}

/** A product as its owner's data export contains it. */
export function presentForExport(row: ProductInFull): object {
  const { slug, name, description, pricing, suggestedAmount, status, takenDownReason } = row;
  const price = { amount: row.priceAmount, currency: row.priceCurrency };
  const times = { createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() };
  return { slug, name, description, price, pricing, suggestedAmount, status, takenDownReason, ...times };
}
