import { catalogue } from "./catalogue.ts";

/** The page of a product, and its preview beside the form. */
export const productPageWords = catalogue({
  loading: "Loading the product",
  failed: "Couldn’t load this product",
  edit: "Edit",
  nameYourPrice: "Name your price",
  getForFree: "Get it for free",
  buyFor: (price: string) => `Buy for ${price}`,
  by: "by {store}",
  addedOn: (date: string) => `Added ${date}`,
  noDescription: "No description yet.",
});
