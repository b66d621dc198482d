import type { CountrySales, Currency } from "@yumroad/contract";

/** Countries of the EU (ISO 3166). */
export const EU_COUNTRIES = [
  ...["AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT"],
  ...["LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"],
] as const;
export type EuCountry = (typeof EU_COUNTRIES)[number];

/** What a seller of one EU country may sell to consumers of all others in a year, without tax, in cents of the euro. */
export const EU_THRESHOLD = 1_000_000;

interface CrossBorderSales {
  year: number;
  /** Cents of the euro. */
  amount: number;
  isAbove: boolean;
  /** Currencies of sales that could not be counted, as nothing is converted. */
  otherCurrencies: Currency[];
  /** Sales to buyers of an unknown country. */
  unknownSales: number;
}

/** Sales of a year from one EU country to all others, in euros, without refunds and known tax. */
export function crossBorderSales(
  sums: readonly CountrySales[],
  { home, year }: { home: EuCountry; year: number },
): CrossBorderSales {
  const ofYear = sums.filter((sum) => sum.year === year);
  const abroad = ofYear.filter(({ country }) => country !== home && EU_COUNTRIES.some((one) => one === country));
  const amount = abroad.filter(({ net }) => net.currency === "EUR").reduce((total, { net }) => total + net.amount, 0);
  const others = abroad.map(({ net }) => net.currency).filter((currency) => currency !== "EUR");
  return {
    year,
    amount,
    isAbove: amount > EU_THRESHOLD,
    otherCurrencies: [...new Set(others)].sort(),
    unknownSales: ofYear.filter(({ country }) => country === null).reduce((total, { sales }) => total + sales, 0),
  };
}
