import { catalogue } from "./catalogue.ts";

export const homeWords = catalogue({
  loading: "Loading",
  title: "Sell your work",
  promise: "Sell your work from a shop you own",
  lead: "Sell books, fonts, music and presets from your own server. No platform fees.",
  startSelling: "Start selling",
  logIn: "Log in",
  recent: "Recent products",
  seeAll: "See all",
  emptyShop: "No products yet.",
  emptyText: "No products yet. Yours could be the first.",
  add: "Add a product",
  api: "Everything here is also available through the <a>API</a>.",
});
