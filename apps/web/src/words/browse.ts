import { catalogue } from "./catalogue.ts";

export const browseWords = catalogue({
  title: "Browse",
  search: "Search products",
  empty: "No products yet",
  add: "Add a product",
  notFound: (q: string) => `No products found for “${q}”.`,
  showAll: "Show all products",
});
