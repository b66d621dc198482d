import { catalogue } from "./catalogue.ts";

export const notFoundWords = catalogue({
  tab: "Not found",
  title: "Page not found",
  text: "There’s no page at this address. It may have moved, or never existed.",
  home: "Go home",
  browse: "Browse products",
});
