import { defineEntity, type InferEntity, p } from "@mikro-orm/core";
import type { Currency, OrderState } from "@yumroad/contract";
import { StoreEntity } from "../../catalog/stores/store.entity.ts";
import { UserEntity } from "../../identity/users/user.entity.ts";
import { DiscountEntity } from "../discounts/discount.entity.ts";

/**
 * An order. Everything about it is frozen at the checkout: later changes of the product, the price or the seller do not
 * touch it. Orders outlive the accounts of their buyers and sellers.
 */
export const OrderEntity = defineEntity({
  name: "Order",
  tableName: "orders",
  indexes: [
    { properties: ["store", "paidAt", "state", "currency", "total", "refunded"] },
    { properties: ["store", "createdAt", "id"] },
    { properties: ["store", "id"] },
    { properties: ["emailKey", "createdAt"] },
    { properties: ["discount", "emailKey"] },
  ],
  uniques: [{ properties: ["store", "number"] }, { properties: ["store", "attemptKey"] }],
  properties: {
    /** UUID version 7. */
    id: p.string().length(36).primary(),
    /** The public name of the order: ten random characters. */
    ref: p.string().length(10).unique(),
    /** Number of the receipt, counted per store without gaps. Given when the order is paid. */
    number: p.integer().nullable(),
    store: () => p.manyToOne(StoreEntity),
    /** The account that was logged in at the checkout; null: none, or it was deleted. */
    buyer: () => p.manyToOne(UserEntity).nullable().deleteRule("set null").index(),
    email: p.string().length(254),
    emailKey: p.string().length(254),
    /** Random UUID of the checkout page: the same one again is the same order. */
    attemptKey: p.string().length(36),
    state: p.string().length(10).$type<OrderState>(),
    currency: p.string().length(3).$type<Currency>(),
    total: p.integer(),
    discount: () => p.manyToOne(DiscountEntity).nullable().deleteRule("set null"),
    /** What the discount took off; it is not in `total`. */
    discountAmount: p.integer().default(0),
    /** True: the order counts among the uses of its discount, because it is paid or can still be. */
    usesDiscount: p.boolean().default(false),
    refunded: p.integer().default(0),
    /** Tax that is part of the total; null: no provider has calculated it. */
    tax: p.integer().nullable(),
    /** The buyer's country (ISO 3166), as the means of payment says it. */
    country: p.string().length(2).nullable(),
    sellerName: p.string().length(480),
    sellerAddress: p.text(),
    sellerContact: p.string().length(254),
    /** Who sells in the seller's place, such as a provider of payments; null: the seller does. */
    merchantOfRecord: p.string().length(40).nullable(),
    /** How to pay outside of the shop, in the seller's words; empty: a provider takes the payment, or nothing is paid. */
    payInstructions: p.text().default(""),
    consentText: p.text().nullable(),
    consentAt: p.datetime().nullable(),
    /** Time up to which the order can be paid. */
    payUntil: p.datetime(),
    paidAt: p.datetime().nullable(),
    /** The mail with the receipt that tells when it was sent; its row is forgotten before the order is. */
    receiptMailId: p.string().length(36).nullable(),
    /** Time at which the buyer first saw what they bought. */
    openedAt: p.datetime().nullable(),
    /** Time at which the provider is asked again; null: nothing is expected any more. */
    nextCheckAt: p.datetime().nullable().index(),
    /** Reason why a person has to look at the order: a payment that differs from it, or a second one. */
    trouble: p.string().length(40).$type<OrderTrouble>().nullable(),
    createdAt: p.datetime(),
  },
});

export type OrderTrouble = "amount_differs" | "paid_twice";
export type OrderRow = InferEntity<typeof OrderEntity>;
