import { catalogue } from "./catalogue.ts";

export const moneyWords = catalogue({
  free: "Free",
  payWhatYouWant: "Pay what you want",
  atLeast: (price: string) => `${price}+`,
});
