import { catalogue } from "./catalogue.ts";

export const productListWords = catalogue({
  one: "product",
  many: "products",
  by: "by {store}",
});
