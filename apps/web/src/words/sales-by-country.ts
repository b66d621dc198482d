import { catalogue } from "./catalogue.ts";

export const salesByCountryWords = catalogue({
  title: "Sales by country",
  link: "Sales by country",
  loading: "Loading sales by country",
  failed: "Couldn’t load sales by country",
  empty: "No paid sales yet",
  hint: "Countries come from the payment provider. Refunds count in the year of the sale.",
  unknown: "Unknown country",
  columns: { country: "Country", sales: "Sales", gross: "Paid", tax: "Tax included", refunded: "Refunded" },
  taxUnknown: "Unknown",
  taxPartlyUnknown: (count: string) => `${count} without`,
  merchants: (count: string, isOne: boolean) =>
    isOne
      ? "1 sale isn’t included: a merchant of record sold it and handles its tax."
      : `${count} sales aren’t included: a merchant of record sold them and handles their tax.`,
  eu: {
    title: "EU threshold for digital sales",
    hint: "Up to €10,000 a year to consumers in other EU countries, you can usually charge your own country’s VAT. This isn’t tax advice.",
    country: "Your business is in",
    outside: "Choose an EU country",
    sum: (year: string, amount: string, limit: string) => `${year}: ${amount} of ${limit}`,
    below: "Below the threshold in both years, as far as we can count.",
    above: "Above the threshold. You usually owe VAT in your buyers’ countries, for example through the One-Stop Shop.",
    counted: "We count sales in euros, without refunds and known tax, and treat every buyer as a consumer.",
    otherCurrencies: (year: string, currencies: string) => `Not counted in ${year}: sales in ${currencies}.`,
    unknownSales: (year: string, count: string) => `Not counted in ${year}: sales of unknown country (${count}).`,
  },
});
