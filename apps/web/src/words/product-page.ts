import { catalogue } from "./catalogue.ts";

/** The page of a product, and its preview beside the form. */
export const productPageWords = catalogue({
  loading: "Loading the product",
  failed: "Couldn’t load this product",
  edit: "Edit",
  nameYourPrice: "Name your price",
  getNow: "Get it now",
  buyNow: "Buy now",
  contents: "What you get",
  kinds: { note: "Note", link: "Link", file: "File" },
  formatAndSize: (format: string, size: string) => (format === "" ? size : `${format}, ${size}`),
  pictures: "Pictures",
  pictureOf: (place: number, alt: string) => (alt === "" ? `Picture ${place}` : `Picture ${place}: ${alt}`),
  andMore: (count: number) => `and ${count} more`,
  by: "by {store}",
  addedOn: (date: string) => `Added ${date}`,
  noDescription: "No description yet.",
});
