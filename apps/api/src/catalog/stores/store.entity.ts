import { defineEntity, type InferEntity, p } from "@mikro-orm/core";
import { UserEntity } from "../../identity/users/user.entity.ts";

/** A seller's store. A user has at most one; customers have none. */
export const StoreEntity = defineEntity({
  name: "Store",
  tableName: "stores",
  properties: {
    id: p.string().length(36).primary(),
    owner: () => p.oneToOne(UserEntity).owner().deleteRule("cascade"),
    /** The present handle, which is also in `store_handles`. */
    handle: p.string().length(80).unique(),
    name: p.string().length(240),
    createdAt: p.datetime(),
    /** How buyers pay outside of the shop, in the seller's words; empty: they can't. */
    payInstructions: p.text().default(""),
    /** True: a dispute ends the buyer's access until it is won. */
    endsAccessOnDispute: p.boolean().default(false),
    /** The number of the store's next receipt. */
    nextNumber: p.integer().default(1),
    bio: p.text().default(""),
    legalName: p.string().length(480).default(""),
    legalAddress: p.text().default(""),
    contactEmail: p.string().length(254).default(""),
    /**
     * Time at which the store's products were unpublished, because the owner's account was closed or the owner may not
     * sell here any more; null: neither.
     */
    closedAt: p.datetime().nullable(),
    /** Time at which the operator took the store down, and the reason; null: it is not taken down. */
    takenDownAt: p.datetime().nullable(),
    takenDownReason: p.text().nullable(),
  },
});

export type StoreRow = InferEntity<typeof StoreEntity>;
