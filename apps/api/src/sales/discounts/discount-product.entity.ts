import { defineEntity, p } from "@mikro-orm/core";
import { ProductEntity } from "../../catalog/products/product.entity.ts";
import { DiscountEntity } from "./discount.entity.ts";

/** A product that a restricted discount is good for. */
export const DiscountProductEntity = defineEntity({
  name: "DiscountProduct",
  tableName: "discount_products",
  properties: {
    discount: () => p.manyToOne(DiscountEntity).primary().deleteRule("cascade"),
    product: () => p.manyToOne(ProductEntity).primary().deleteRule("cascade").index(),
  },
});
