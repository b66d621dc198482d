import { NativeSelect } from "@mantine/core";
import type { SalesByCountry } from "@yumroad/contract";
import { useState } from "react";
import { readBrowser, removeFromBrowser, writeBrowser } from "../../platform/lib/browser-storage.ts";
import { formatAmount, formatNumber } from "../../platform/lib/format.ts";
import { Message } from "../../platform/ui/message.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { salesByCountryWords } from "../../words/sales-by-country.ts";
import { countryName } from "./country-name.ts";
import { crossBorderSales, EU_COUNTRIES, EU_THRESHOLD, type EuCountry } from "./eu-threshold.ts";

const words = salesByCountryWords.eu;
const KEPT_COUNTRY = "yumroad.business-country";

/** How near a seller in the EU is to the threshold from which on VAT is owed in the buyers' countries. */
export function EuSales({ sales }: { sales: SalesByCountry }) {
  const [home, setHome] = useState(() => toEuCountry(readBrowser(KEPT_COUNTRY)));
  function choose(country: EuCountry | null) {
    setHome(country);
    if (country === null) removeFromBrowser(KEPT_COUNTRY);
    else writeBrowser(KEPT_COUNTRY, country);
  }
  return (
    <Section title={words.title} hint={words.hint}>
      <NativeSelect
        label={words.country}
        data={[{ value: "", label: words.outside }, ...options()]}
        value={home ?? ""}
        onChange={({ currentTarget }) => choose(toEuCountry(currentTarget.value))}
        size="md"
      />
      {home !== null && <Threshold sales={sales} home={home} />}
    </Section>
  );
}

function Threshold({ sales: { sums, thisYear }, home }: { sales: SalesByCountry; home: EuCountry }) {
  const years = [thisYear, thisYear - 1].map((year) => crossBorderSales(sums, { home, year }));
  return (
    <Message>
      {years.map(({ year, amount }) => (
        <p key={year}>{words.sum(String(year), euros(amount), euros(EU_THRESHOLD))}</p>
      ))}
      <p>{years.some(({ isAbove }) => isAbove) ? words.above : words.below}</p>
      <p>{words.counted}</p>
      {years.map(({ year, otherCurrencies, unknownSales }) => (
        <div key={year}>
          {otherCurrencies.length > 0 && <p>{words.otherCurrencies(String(year), otherCurrencies.join(", "))}</p>}
          {unknownSales > 0 && <p>{words.unknownSales(String(year), formatNumber(unknownSales))}</p>}
        </div>
      ))}
    </Message>
  );
}

const euros = (amount: number) => formatAmount({ amount, currency: "EUR" });

function options() {
  return EU_COUNTRIES.map((value) => ({ value, label: countryName(value) })).sort((one, other) =>
    one.label.localeCompare(other.label),
  );
}

function toEuCountry(text: string | null): EuCountry | null {
  return EU_COUNTRIES.find((one) => one === text) ?? null;
}
