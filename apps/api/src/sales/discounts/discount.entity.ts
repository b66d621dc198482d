import { defineEntity, type InferEntity, p } from "@mikro-orm/core";
import type { Currency, DiscountOff } from "@yumroad/contract";
import { StoreEntity } from "../../catalog/stores/store.entity.ts";

/** A discount code of a store. It is ended, never deleted: orders refer to it. */
export const DiscountEntity = defineEntity({
  name: "Discount",
  tableName: "discounts",
  uniques: [{ properties: ["store", "codeKey"] }],
  properties: {
    /** UUID version 7. */
    id: p.string().length(36).primary(),
    store: () => p.manyToOne(StoreEntity).deleteRule("cascade"),
    /** The code as its seller has written it. */
    code: p.string().length(160),
    /** The same for all spellings of the code (see `discountKeyOf`). */
    codeKey: p.string().length(255),
    kind: p.string().length(10).$type<DiscountOff["kind"]>(),
    /** Whole percent, or an amount in minor units. */
    value: p.integer(),
    /** The currency of an amount; null: percent. */
    currency: p.string().length(3).$type<Currency>().nullable(),
    startsAt: p.datetime().nullable(),
    endsAt: p.datetime().nullable(),
    maxUses: p.integer().nullable(),
    /** Orders with `usesDiscount`. The update that adds one compares it with `maxUses`. */
    uses: p.integer().default(0),
    perBuyer: p.integer().nullable(),
    /** True: the code is good for the products in `discount_products` alone, also once all of them are deleted. */
    isRestricted: p.boolean(),
    endedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
});

export type DiscountRow = InferEntity<typeof DiscountEntity>;
