import { defineEntity, p } from "@mikro-orm/core";
import type { PictureState } from "@yumroad/contract";
import { FileEntity } from "../files/file.entity.ts";
import { ProductEntity } from "../products/product.entity.ts";

/** A picture of a product. Its original is a file of the store, its sizes are in the media folder. */
export const PictureEntity = defineEntity({
  name: "Picture",
  tableName: "pictures",
  indexes: [{ properties: ["product", "position"] }],
  properties: {
    /** UUID version 7. Part of the addresses of its sizes. */
    id: p.string().length(36).primary(),
    product: () => p.manyToOne(ProductEntity).deleteRule("cascade"),
    file: () => p.manyToOne(FileEntity).deleteRule("cascade").index(),
    position: p.integer(),
    /** Alternative text. Null: the seller has not written one. Empty: the picture is decorative. */
    alt: p.string().length(1200).nullable(),
    state: p.string().length(10).$type<PictureState>(),
    /** In pixels, once it is ready. */
    width: p.integer().nullable(),
    height: p.integer().nullable(),
    createdAt: p.datetime(),
  },
});
