import type { CountrySales } from "@yumroad/contract";
import { formatAmount, formatNumber } from "../../platform/lib/format.ts";
import { type Column, Table } from "../../platform/ui/table.tsx";
import { salesByCountryWords as words } from "../../words/sales-by-country.ts";
import { countryName } from "./country-name.ts";

/** Sales of one year: a row for each country and currency. */
export function CountryTable({ year, sums }: { year: number; sums: readonly CountrySales[] }) {
  return (
    <Table
      label={`${words.title}, ${year}`}
      columns={COLUMNS}
      rows={sums}
      keyOf={({ country, gross }) => `${country} ${gross.currency}`}
      isSortable
    />
  );
}

const COLUMNS: readonly Column<CountrySales>[] = [
  { name: words.columns.country, cell: nameOf, order: nameOf },
  {
    name: words.columns.sales,
    isNumber: true,
    cell: ({ sales }) => formatNumber(sales),
    order: ({ sales }) => sales,
  },
  { name: words.columns.gross, isNumber: true, cell: ({ gross }) => formatAmount(gross) },
  { name: words.columns.tax, isNumber: true, cell: taxOf },
  { name: words.columns.refunded, isNumber: true, cell: ({ refunded }) => formatAmount(refunded) },
];

function nameOf({ country }: CountrySales): string {
  return country === null ? words.unknown : countryName(country);
}

function taxOf({ tax, sales, salesOfUnknownTax }: CountrySales): string {
  if (salesOfUnknownTax === sales) return words.taxUnknown;
  if (salesOfUnknownTax === 0) return formatAmount(tax);
  return `${formatAmount(tax)} (${words.taxPartlyUnknown(formatNumber(salesOfUnknownTax))})`;
}
