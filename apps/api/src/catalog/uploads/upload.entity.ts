import { defineEntity, type InferEntity, p } from "@mikro-orm/core";
import { ProductEntity } from "../products/product.entity.ts";
import { StoreEntity } from "../stores/store.entity.ts";

/** A file on its way to a product. Its bytes are in the file storage under the same id. */
export const UploadEntity = defineEntity({
  name: "Upload",
  tableName: "uploads",
  indexes: [{ properties: ["finishedAt", "expiresAt"] }],
  properties: {
    /** UUID version 7. */
    id: p.string().length(36).primary(),
    store: () => p.manyToOne(StoreEntity).deleteRule("cascade").index(),
    product: () => p.manyToOne(ProductEntity).deleteRule("cascade").index(),
    /** The content of which this is a new version; null: it becomes a new content. */
    contentId: p.string().length(36).nullable(),
    /** True: it becomes a picture of the product. */
    isPicture: p.boolean().default(false),
    /** As cleaned by `cleanFileName`. */
    name: p.string().length(200),
    /** In bytes, of the whole file. */
    size: p.bigint("number"),
    /** When the seller's own file was last changed, in milliseconds since 1970, as their browser says. */
    modified: p.bigint("number").nullable(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    /** Time at which the file was added to the product; null: it is on its way. */
    finishedAt: p.datetime().nullable(),
    /** The request that writes to it now; see `createUploadLocker`. */
    claim: p.string().length(36).nullable(),
    claimedUntil: p.datetime().nullable(),
    /** True: another request waits for the claim. */
    isClaimWanted: p.boolean().default(false),
  },
});

export type UploadRow = InferEntity<typeof UploadEntity>;
