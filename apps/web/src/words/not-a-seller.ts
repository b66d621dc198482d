import { catalogue } from "./catalogue.ts";

export const notASellerWords = catalogue({
  title: "Only the shop owner can sell here",
  text: "Your account is a customer account.",
  browse: "Browse products",
});
