import * as z from "zod/mini";
import { Money } from "./money.ts";

/** Sums of the sales of one year to one country in one currency. Refunds count in the year of their sale. */
export const CountrySales = z.strictObject({
  year: z.int(),
  /** The buyers' country (ISO 3166), as their means of payment says it; null: it does not. */
  country: z.nullable(z.string()),
  sales: z.int(),
  /** What buyers paid, refunds not taken off. */
  gross: Money,
  /** The part of `gross` that is tax, as far as it is known. */
  tax: Money,
  /** Sales of which no provider has calculated the tax. */
  salesOfUnknownTax: z.int(),
  refunded: Money,
  /** What was not refunded, without the known tax in it. */
  net: Money,
});
export type CountrySales = z.infer<typeof CountrySales>;

export const SalesByCountry = z.strictObject({
  /** The year that it is in the asked time zone. */
  thisYear: z.int(),
  /** The newest year first, in it the country with the most sales. Free orders are in none. */
  sums: z.array(CountrySales),
  /** Sales of all years that a merchant of record has made in the seller's place. They are in no sum. */
  salesOfMerchants: z.int(),
});
export type SalesByCountry = z.infer<typeof SalesByCountry>;
