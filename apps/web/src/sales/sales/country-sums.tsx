import type { SalesByCountry } from "@yumroad/contract";
import { formatNumber } from "../../platform/lib/format.ts";
import { Section } from "../../platform/ui/section.tsx";
import { salesByCountryWords as words } from "../../words/sales-by-country.ts";
import { CountryTable } from "./country-table.tsx";
import { EuSales } from "./eu-sales.tsx";

/** Sales of each year by country, and how near they are to the EU's threshold. */
export function CountrySums({ sales }: { sales: SalesByCountry }) {
  const { sums, salesOfMerchants } = sales;
  const years = [...new Set(sums.map(({ year }) => year))];
  return (
    <>
      {years.map((year, index) => (
        <Section key={year} title={String(year)} {...(index === 0 ? { hint: words.hint } : {})}>
          <CountryTable year={year} sums={sums.filter((sum) => sum.year === year)} />
        </Section>
      ))}
      {salesOfMerchants > 0 && <p>{words.merchants(formatNumber(salesOfMerchants), salesOfMerchants === 1)}</p>}
      <EuSales sales={sales} />
    </>
  );
}
