import { type ProductChange, type Terms, termsIssues } from "@yumroad/contract";
import type { ProductInFull } from "./queries.ts";

interface ChangedTerms {
  terms: Terms;
  /** Why they do not fit together. Terms that stay as they are stay valid, whatever rules they are older than. */
  issues: ReturnType<typeof termsIssues>;
}

/**
 * Merges a change with the product's price, pricing and suggestion. A suggestion that is not sent stays, unless the price
 * becomes fixed or gets another currency.
 */
export function changeTerms(product: ProductInFull, change: ProductChange): ChangedTerms {
  const { priceCurrency: currency } = product;
  const { price = { amount: product.priceAmount, currency }, pricing = product.pricing } = change;
  const keptSuggestion = pricing !== "fixed" && price.currency === currency ? product.suggestedAmount : null;
  const { suggestedAmount = keptSuggestion } = change;
  const terms = { price, pricing, suggestedAmount };
  const given = [change.price, change.pricing, change.suggestedAmount];
  return { terms, issues: given.some((value) => value !== undefined) ? termsIssues(terms) : [] };
}
