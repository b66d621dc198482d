import { catalogue } from "./catalogue.ts";

export const libraryWords = catalogue({
  title: "Library",
  empty: "No purchases yet",
  browse: "Browse products",
  findPurchases: "Bought without logging in? <a>Find your purchases</a>",
  list: {
    label: "Purchases",
    one: "purchase",
    many: "purchases",
    accessEnded: "Access ended",
    open: "Open",
  },
});
