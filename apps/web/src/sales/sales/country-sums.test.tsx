import { screen, within } from "@testing-library/react";
import { type CountrySales, endpoints } from "@yumroad/contract";
import { beforeEach, expect, test } from "vitest";
import { mock, recorded } from "../../../test/mock.ts";
import { openApp } from "../../../test/render-app.tsx";
import { ada, sessionOf, setStage } from "../../../test/stage.ts";

const PAGE = "/sales/countries";

function sumOf(
  year: number,
  country: string | null,
  amount: number,
  more: { currency?: "EUR" | "JPY"; tax?: number; sales?: number; salesOfUnknownTax?: number } = {},
): CountrySales {
  const { currency = "EUR", tax = 0, sales = 1, salesOfUnknownTax = sales } = more;
  const money = (amount: number) => ({ amount, currency });
  const counts = { year, country, sales, salesOfUnknownTax };
  return { ...counts, gross: money(amount), tax: money(tax), refunded: money(0), net: money(amount - tax) };
}

function setCountryStage(sums: CountrySales[], salesOfMerchants = 1) {
  setStage(sessionOf(ada));
  mock(endpoints.sales.sumByCountry, { status: 200, body: { thisYear: 2026, sums, salesOfMerchants } });
}

beforeEach(() => localStorage.clear());

test("each year has a table with a row per country and currency, and says which tax is not known", async () => {
  setCountryStage(
    [
      sumOf(2026, "DE", 2380, { sales: 2, salesOfUnknownTax: 1, tax: 190 }),
      sumOf(2026, "DE", 1900, { currency: "JPY" }),
      sumOf(2026, null, 500),
      sumOf(2025, "FR", 1200, { salesOfUnknownTax: 0, tax: 200 }),
    ],
    2,
  );
  openApp(PAGE);
  const now = within(await screen.findByRole("table", { name: "Sales by country, 2026" }));
  const texts = now.getAllByRole("row").map(({ textContent }) => textContent);
  expect(texts.slice(1)).toEqual([
    "Germany2€23.80€1.90 (1 without)€0.00",
    "Germany1¥1,900Unknown¥0",
    "Unknown country1€5.00Unknown€0.00",
  ]);
  const before = within(screen.getByRole("table", { name: "Sales by country, 2025" }));
  expect(before.getByText("€2.00")).toBeVisible();
  expect(screen.getByText(/^2 sales aren’t included/)).toBeVisible();
});

test("the EU’s threshold counts euros across borders alone, for this year and the last", async () => {
  setCountryStage([
    sumOf(2026, "DE", 999_900, { tax: 100, salesOfUnknownTax: 0 }),
    sumOf(2026, "US", 5_000_000),
    sumOf(2026, "PT", 5_000_000),
    sumOf(2026, "FR", 1900, { currency: "JPY" }),
    sumOf(2026, null, 700_000, { sales: 3 }),
    sumOf(2025, "FR", 1_000_000),
    sumOf(2024, "FR", 9_000_000),
  ]);
  const app = openApp(PAGE);
  await app.user.selectOptions(await screen.findByRole("combobox", { name: "Your business is in" }), "Portugal");
  expect(screen.getByText("2026: €9,998.00 of €10,000.00")).toBeVisible();
  expect(screen.getByText("2025: €10,000.00 of €10,000.00")).toBeVisible();
  expect(screen.getByText(/^Below the threshold/)).toBeVisible();
  expect(screen.getByText("Not counted in 2026: sales in JPY.")).toBeVisible();
  expect(screen.getByText("Not counted in 2026: sales of unknown country (3).")).toBeVisible();
  await app.user.selectOptions(screen.getByRole("combobox", { name: "Your business is in" }), "Germany");
  expect(screen.getByText("2026: €50,000.00 of €10,000.00")).toBeVisible();
  expect(screen.getByText(/^Above the threshold/)).toBeVisible();
});

test("a store without paid sales says so", async () => {
  setStage(sessionOf(ada));
  const body = recorded(endpoints.sales.sumByCountry, "success: nothing sold");
  mock(endpoints.sales.sumByCountry, { status: 200, body });
  openApp(PAGE);
  expect(await screen.findByText("No paid sales yet")).toBeVisible();
});
