import { UniqueConstraintViolationException } from "@mikro-orm/core";
import type { NewProduct } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import type { EntityManager } from "../../platform/db/database.ts";
import type { Context } from "../../platform/http/context.ts";
import { slugCandidates } from "../../platform/lib/slug.ts";
import { StoreEntity } from "../stores/store.entity.ts";
import { ProductEntity } from "./product.entity.ts";
import { findById, type ProductInFull } from "./queries.ts";
import { recordPrice } from "./record-price.ts";
import { tokenizeText } from "./tokenize-text.ts";

interface CreateProductInput {
  owner: { id: string };
  product: NewProduct;
}

/**
 * Creates a product in its owner's store, under an unused slug made from the product's name. Null: the owner no longer
 * exists.
 */
export async function createProduct(
  { em, clock }: Pick<Context, "em" | "clock">,
  { owner, product }: CreateProductInput,
): Promise<ProductInFull | null> {
  for (const slug of slugCandidates(product.name, "product")) {
    if ((await em.count(ProductEntity, { slug })) > 0) continue;
    try {
      const id = await insertProduct(em.fork(), { ownerId: owner.id, slug, product, now: new Date(clock.now()) });
      return id === null ? null : findById(em, id);
    } catch (error) {
      // Another request took the slug after the check for a free one, so the loop tries the next slug.
      if (!(error instanceof UniqueConstraintViolationException)) throw error;
    }
  }
  throw new Error("No slug is free for this name");
}

interface NewRow {
  ownerId: string;
  slug: string;
  product: NewProduct;
  now: Date;
}

/** Returns the product's id; null: the owner has no store. */
async function insertProduct(em: EntityManager, { ownerId, slug, product, now }: NewRow): Promise<string | null> {
  const { name, description, price, status } = product;
  return em.transactional(async (transaction) => {
    const store = await transaction.findOne(StoreEntity, { owner: ownerId });
    if (!store) return null;
    const id = uuid();
    const row = transaction.create(ProductEntity, {
      id,
      store,
      slug,
      name,
      description,
      priceAmount: price.amount,
      priceCurrency: price.currency,
      status,
      searchText: tokenizeText(`${name}\n${description}`).join(" "),
      createdAt: now,
      updatedAt: now,
    });
    transaction.persist(row);
    recordPrice(transaction, { product: row, price, at: now });
    return id;
  });
}
