import type { CountrySales, Currency, SalesByCountry } from "@yumroad/contract";
import type { Database } from "../../platform/db/database.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import { startOfYear, yearOf } from "./last-days.ts";

interface CountryRow {
  country: string | null;
  currency: Currency;
  sales: number;
  gross: number;
  tax: number;
  salesOfUnknownTax: number;
  refunded: number;
  net: number;
}

/**
 * Sums of a seller's sales by year, country and currency. A refund takes its share of the tax with it. Sales of a
 * merchant of record are counted apart: the seller has sold to nobody then, and owes no tax of buyers' countries.
 */
export async function sumByCountry(
  { database, clock }: { database: Database; clock: Clock },
  { ownerId, zone }: { ownerId: string; zone: string },
): Promise<SalesByCountry> {
  const thisYear = yearOf({ zone, at: clock.now() });
  const { firstAt, salesOfMerchants } = await findSpan(database, ownerId);
  const firstYear = firstAt === null ? thisYear : yearOf({ zone, at: firstAt.getTime() });
  const sums: CountrySales[] = [];
  for (let year = thisYear; year >= firstYear; year--) {
    const span = [startOfYear({ zone, year }), startOfYear({ zone, year: year + 1 })] as const;
    sums.push(...(await sumsOfSpan(database, ownerId, span)).map((row) => presentSums(year, row)));
  }
  return { thisYear, sums, salesOfMerchants };
}

const SALES =
  "from orders o join stores s on s.id = o.store_id where s.owner_id = ? and o.state = 'paid' and o.total > 0";

async function findSpan(
  database: Database,
  ownerId: string,
): Promise<{ firstAt: Date | null; salesOfMerchants: number }> {
  const [span] = await database.read<{ firstAt: Date | null; salesOfMerchants: number }>(
    `select min(o.paid_at) as "firstAt", count(o.merchant_of_record) as "salesOfMerchants" ${SALES}`,
    [ownerId],
  );
  return { firstAt: span?.firstAt ?? null, salesOfMerchants: Number(span?.salesOfMerchants ?? 0) };
}

function sumsOfSpan(database: Database, ownerId: string, [from, to]: readonly [number, number]): Promise<CountryRow[]> {
  // The factor 1.0 makes a fraction of what would be a division of integers, and no product too large for one.
  return database.read<CountryRow>(
    `select o.country as "country", o.currency as "currency", count(*) as "sales", sum(o.total) as "gross",
       sum(coalesce(o.tax, 0)) as "tax", count(*) - count(o.tax) as "salesOfUnknownTax", sum(o.refunded) as "refunded",
       sum((o.total - o.refunded) * (1.0 - coalesce(o.tax, 0) * 1.0 / o.total)) as "net"
     ${SALES} and o.merchant_of_record is null and o.paid_at >= ? and o.paid_at < ?
     group by o.country, o.currency order by count(*) desc, coalesce(o.country, ''), o.currency`,
    [ownerId, new Date(from), new Date(to)],
  );
}

/** Postgres has texts for sums. */
function presentSums(year: number, { country, currency, ...row }: CountryRow): CountrySales {
  const moneyOf = (amount: number) => ({ amount: Math.round(Number(amount)), currency });
  return {
    year,
    country,
    sales: Number(row.sales),
    gross: moneyOf(row.gross),
    tax: moneyOf(row.tax),
    salesOfUnknownTax: Number(row.salesOfUnknownTax),
    refunded: moneyOf(row.refunded),
    net: moneyOf(row.net),
  };
}
