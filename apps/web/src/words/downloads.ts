import { catalogue } from "./catalogue.ts";

/** The page at the address of a download that has ended. */
export const downloadWords = catalogue({
  title: "This download has ended",
  text: "Open your order and choose Download again. What you have of the file so far can’t be continued.",
  findPurchases: "Find your purchases",
  library: "Your library",
});
