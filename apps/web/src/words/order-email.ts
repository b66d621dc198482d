import { catalogue } from "./catalogue.ts";

export const orderEmailWords = catalogue({
  label: "Email",
  hint: "We’ll send your receipt and the link to your order here.",
  didYouMean: (email: string) => `Did you mean ${email}?`,
});
