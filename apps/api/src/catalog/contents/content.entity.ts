import { defineEntity, p } from "@mikro-orm/core";
import { ProductEntity } from "../products/product.entity.ts";

/** A note, a link or a file that buyers of a product get. */
export const ContentEntity = defineEntity({
  name: "Content",
  tableName: "contents",
  indexes: [{ properties: ["product", "position"] }],
  properties: {
    /** UUID version 7. */
    id: p.string().length(36).primary(),
    product: () => p.manyToOne(ProductEntity).deleteRule("cascade"),
    kind: p.string().length(10).$type<"note" | "link" | "file">(),
    title: p.string().length(480),
    /** A text in Markdown, or an https address. Empty for a file, whose bytes are in its versions. */
    body: p.text(),
    position: p.integer(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});
