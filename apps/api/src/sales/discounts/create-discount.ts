import { UniqueConstraintViolationException } from "@mikro-orm/core";
import { type DiscountInput, type DiscountOff, discountKeyOf, fault } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import { ProductEntity } from "../../catalog/products/product.entity.ts";
import { StoreEntity } from "../../catalog/stores/store.entity.ts";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import { Refusal } from "../../platform/http/problem.ts";
import { DiscountEntity, type DiscountRow } from "./discount.entity.ts";
import { DiscountProductEntity } from "./discount-product.entity.ts";

type WriteContext = Pick<Context, "em" | "clock">;

interface CreateDiscountInput {
  ownerId: string;
  input: DiscountInput;
}

/** Makes a discount code for the store of its seller. Refused: there is no store, it has the code, or lacks a product. */
export async function createDiscount(
  ctx: WriteContext,
  { ownerId, input }: CreateDiscountInput,
): Promise<DiscountRow | Refusal> {
  const store = await ctx.em.findOne(StoreEntity, { owner: ownerId });
  if (store === null) return new Refusal("not_found");
  const slugs = [...new Set(input.products)];
  const products = await ctx.em.find(ProductEntity, { store: store.id, slug: { $in: slugs } });
  if (products.length < slugs.length)
    return new Refusal("invalid_input", { issues: [{ path: ["products"], message: fault("product_unknown") }] });
  try {
    return await insertDiscount(ctx, { storeId: store.id, input, productIds: products.map(({ id }) => id) });
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) return new Refusal("code_taken");
    throw error;
  }
}

interface InsertInput {
  storeId: string;
  input: DiscountInput;
  productIds: readonly string[];
}

function insertDiscount(ctx: WriteContext, { storeId, input, productIds }: InsertInput): Promise<DiscountRow> {
  return inTransaction(ctx, async ({ em, clock }) => {
    const { code, off, startsAt, endsAt, maxUses, perBuyer } = input;
    const discount = em.create(DiscountEntity, {
      ...{ id: uuid(), store: em.getReference(StoreEntity, storeId) },
      ...{ code: code.normalize("NFKC"), codeKey: discountKeyOf(code), ...storedOff(off) },
      ...{ startsAt: startsAt && new Date(startsAt), endsAt: endsAt && new Date(endsAt) },
      ...{ maxUses, perBuyer, uses: 0, isRestricted: productIds.length > 0, endedAt: null },
      createdAt: new Date(clock.now()),
    });
    await em.persist(discount).flush();
    for (const id of productIds)
      await em.insert(DiscountProductEntity, { discount, product: em.getReference(ProductEntity, id) });
    return discount;
  });
}

function storedOff(off: DiscountOff) {
  if (off.kind === "percent") return { kind: off.kind, value: off.percent, currency: null };
  return { kind: off.kind, value: off.amount.amount, currency: off.amount.currency };
}
