import { catalogue } from "./catalogue.ts";

export const ownProductsWords = catalogue({
  title: "Your products",
  add: "Add product",
  empty: "You haven’t added a product yet",
  tools: { search: "Search your products", status: "Status", all: "All statuses" },
  notFound: (q: string) => `No products found for “${q}”.`,
  noneOfStatus: "No products with this status.",
  showAll: "Show all products",
  list: {
    label: "Your products",
    columns: { product: "Product", status: "Status", price: "Price", changed: "Last changed", actions: "Actions" },
    takenDown: "Taken down",
    actionsFor: (name: string) => `Actions for “${name}”`,
    edit: "Edit",
    view: "View page",
    remove: "Delete…",
  },
});
