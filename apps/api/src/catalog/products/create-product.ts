import { UniqueConstraintViolationException } from "@mikro-orm/core";
import type { NewProduct } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import { lockUserOfSession, type SessionUser } from "../../identity/users/lock-user-of-session.ts";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import { slugCandidates } from "../../platform/lib/slug.ts";
import { openStore } from "../stores/open-store.ts";
import { StoreEntity } from "../stores/store.entity.ts";
import { ProductEntity } from "./product.entity.ts";
import { findById, type ProductInFull } from "./queries.ts";
import { recordPrice } from "./record-price.ts";
import { tokenizeText } from "./tokenize-text.ts";

type CreateContext = Pick<Context, "em" | "clock">;

interface CreateProductInput {
  owner: SessionUser;
  product: NewProduct;
}

export type CreateProductOutcome =
  | { kind: "created"; product: ProductInFull; isStoreNew: boolean }
  /** The operator has taken the store down, so that nothing in it can be published. */
  | { kind: "taken_down"; reason: string }
  /** `deletion_pending`: nothing is published until the owner keeps the account after all. */
  | { kind: "unauthenticated" | "not_a_seller" | "deletion_pending" };

/**
 * Creates a product in its owner's store, under an unused slug made from the product's name. The first product of a
 * seller opens the store. `unauthenticated`: the owner no longer exists, or their session has ended in the meantime.
 */
export async function createProduct(
  ctx: CreateContext,
  { owner, product }: CreateProductInput,
): Promise<CreateProductOutcome> {
  for (const slug of slugCandidates(product.name, "product")) {
    if ((await ctx.em.count(ProductEntity, { slug })) > 0) continue;
    try {
      const inserted = await insertProduct(ctx, { owner, slug, product });
      if (inserted.kind !== "inserted") return inserted;
      const created = await findById(ctx.em, inserted.id);
      // Deleted by another request of the owner in the meantime, with the account.
      return created
        ? { kind: "created", product: created, isStoreNew: inserted.isStoreNew }
        : { kind: "unauthenticated" };
    } catch (error) {
      // Another request took the slug, or the handle of the new store, after the check for a free one.
      if (!(error instanceof UniqueConstraintViolationException)) throw error;
    }
  }
  throw new Error("No slug is free for this name");
}

interface ProductToInsert extends CreateProductInput {
  slug: string;
}

type Inserted =
  | { kind: "inserted"; id: string; isStoreNew: boolean }
  | Exclude<CreateProductOutcome, { kind: "created" }>;

function insertProduct(ctx: CreateContext, { owner: session, slug, product }: ProductToInsert): Promise<Inserted> {
  const { name, description, price, pricing, suggestedAmount, status, storeName } = product;
  return inTransaction(ctx, async (ctx): Promise<Inserted> => {
    const { em, clock } = ctx;
    const owner = await lockUserOfSession(ctx, session);
    if (!owner) return { kind: "unauthenticated" };
    if (owner.deletionAt && status === "published") return { kind: "deletion_pending" };
    const now = new Date(clock.now());
    const known = await em.findOne(StoreEntity, { owner: owner.id });
    const store = known ?? (await openStore(em, { owner, name: storeName ?? owner.name, now }));
    if (!store) return { kind: "not_a_seller" };
    const { takenDownReason: reason = null } = store;
    if (reason !== null && status === "published") return { kind: "taken_down", reason };
    const id = uuid();
    const row = em.create(ProductEntity, {
      id,
      store,
      slug,
      name,
      description,
      priceAmount: price.amount,
      priceCurrency: price.currency,
      pricing,
      suggestedAmount,
      status,
      searchText: tokenizeText(`${name}\n${description}`).join(" "),
      createdAt: now,
      updatedAt: now,
    });
    em.persist(row);
    recordPrice(em, { product: row, price, at: now });
    return { kind: "inserted", id, isStoreNew: known === null };
  });
}
