import { UniqueConstraintViolationException } from "@mikro-orm/core";
import type { NewProduct } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import type { EntityManager } from "../../platform/db/database.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import { slugCandidates } from "../../platform/lib/slug.ts";
import { StoreEntity } from "../stores/store.entity.ts";
import { ProductEntity } from "./product.entity.ts";
import { findOfOwner, type ProductInFull } from "./queries.ts";
import { tokenizeText } from "./tokenize-text.ts";

interface Parts {
  em: EntityManager;
  clock: Clock;
}

/**
 * Lists a product in the store of its owner, under a slug made from its name that nothing else has or gets.
 * Null: there is no such owner any more.
 */
export async function createProduct(
  { em, clock }: Parts,
  ownerId: string,
  input: NewProduct,
): Promise<ProductInFull | null> {
  for (const slug of slugCandidates(input.name, "product")) {
    if ((await em.count(ProductEntity, { slug })) > 0) continue;
    try {
      const isStored = await store(em.fork(), { ownerId, slug, input, now: new Date(clock.now()) });
      return isStored ? findOfOwner(em, ownerId, slug) : null;
    } catch (error) {
      // Another product took the slug at the same instant: the next one.
      if (!(error instanceof UniqueConstraintViolationException)) throw error;
    }
  }
  throw new Error("No slug is free for this name");
}

interface Row {
  ownerId: string;
  slug: string;
  input: NewProduct;
  now: Date;
}

async function store(em: EntityManager, { ownerId, slug, input, now }: Row): Promise<boolean> {
  const { name, description, price, status } = input;
  return em.transactional(async (transaction) => {
    const store = await transaction.findOne(StoreEntity, { owner: ownerId });
    if (!store) return false;
    const product = transaction.create(ProductEntity, {
      id: uuid(),
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
    transaction.persist(product);
    return true;
  });
}
