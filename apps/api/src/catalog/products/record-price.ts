import type { Money } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import type { EntityManager } from "../../platform/db/database.ts";
import { PriceChangeEntity } from "./price-change.entity.ts";
import { ProductEntity } from "./product.entity.ts";

interface RecordPriceInput {
  product: { id: string };
  price: Money;
  at: Date;
}

/** Adds a product's new price to its log of prices, in the transaction of `em`, which also changes the product. */
export function recordPrice(em: EntityManager, { product, price, at }: RecordPriceInput): void {
  const row = { id: uuid(), product: em.getReference(ProductEntity, product.id), ...price, at };
  em.persist(em.create(PriceChangeEntity, row));
}
