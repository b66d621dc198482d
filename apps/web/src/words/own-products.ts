import { catalogue } from "./catalogue.ts";

export const ownProductsWords = catalogue({
  title: "Your products",
  add: "Add product",
  empty: "You haven’t added a product yet",
});
