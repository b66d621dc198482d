import { catalogue } from "./catalogue.ts";

/** The page of a product, and its preview beside the form. */
export const productPageWords = catalogue({
  loading: "Loading the product",
  failed: "Couldn’t load this product",
  edit: "Edit",
  nameYourPrice: "Name your price",
  getForFree: "Get it for free",
  buyFor: (price: string) => `Buy for ${price}`,
  /** Before the store. It is no text for `Rich`, which would be 0.4 KiB more on the first load. */
  by: "by",
  addedOn: (date: string) => `Added ${date}`,
  noDescription: "No description yet.",
});
