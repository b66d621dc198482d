import type { BestSeller, Currency, SalesSum, SalesSummary } from "@yumroad/contract";
import type { Database, EntityManager } from "../../platform/db/database.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import { quarterOf } from "../orders/add-to-quarter.ts";
import { lastDays } from "./last-days.ts";

const DAYS = 28;
const BEST_SELLERS = 5;

interface SumRow {
  currency: Currency;
  orders: number;
  gross: number;
  refunded: number;
}

interface QuarterRow extends SumRow {
  quarter: number;
}

interface SummaryContext {
  database: Database;
  em: EntityManager;
  clock: Clock;
}

/**
 * Sums of a seller's sales by day and period. Days come from quarters of an hour (`sales_quarters`), of which all zones'
 * days are made, so that neither database needs to know time zones and no order is read but for the best sellers.
 */
export async function summarizeSales(
  { database, em, clock }: SummaryContext,
  { ownerId, zone }: { ownerId: string; zone: string },
): Promise<SalesSummary> {
  const days = lastDays({ zone, now: clock.now(), count: DAYS });
  const [first] = days;
  const since = first?.startsAt ?? clock.now();
  const quarters = await recentQuarters(database, ownerId, quarterOf(since));
  const sumFrom = (startsAt: number, endsAt = Number.POSITIVE_INFINITY) =>
    sumsOf(quarters.filter(({ quarter }) => quarter >= quarterOf(startsAt) && quarter < quarterOf(endsAt)));
  const lastOf = (count: number) => sumFrom(days.at(-count)?.startsAt ?? since);
  return {
    today: lastOf(1),
    last7Days: lastOf(7),
    last28Days: lastOf(DAYS),
    allTime: sumsOf(await sumsOfAllTime(database, ownerId)),
    days: days.map(({ date, startsAt }, index) => ({ date, sums: sumFrom(startsAt, days[index + 1]?.startsAt) })),
    bestSellers: await findBestSellers(em, ownerId, since),
  };
}

const QUARTERS = "from sales_quarters q join stores s on s.id = q.store_id where s.owner_id = ?";

function recentQuarters(database: Database, ownerId: string, since: number): Promise<QuarterRow[]> {
  return database.read<QuarterRow>(
    `select q.currency as "currency", q.quarter as "quarter", q.orders as "orders", q.gross as "gross",
       q.refunded as "refunded" ${QUARTERS} and q.quarter >= ?`,
    [ownerId, since],
  );
}

function sumsOfAllTime(database: Database, ownerId: string): Promise<SumRow[]> {
  return database.read<SumRow>(
    `select q.currency as "currency", sum(q.orders) as "orders", sum(q.gross) as "gross",
       sum(q.refunded) as "refunded" ${QUARTERS} group by q.currency`,
    [ownerId],
  );
}

async function findBestSellers(em: EntityManager, ownerId: string, since: number): Promise<BestSeller[]> {
  const rows = await em.execute<(Omit<BestSeller, "gross"> & { gross: number; currency: Currency })[]>(
    `select max(i.name) as "name", i.slug as "slug", o.currency as "currency", count(*) as "orders",
       sum(i.amount) as "gross"
     from orders o join stores s on s.id = o.store_id join order_items i on i.order_id = o.id
     where s.owner_id = ? and o.state = 'paid' and o.paid_at >= ?
     group by i.slug, o.currency order by count(*) desc, sum(i.amount) desc, i.slug limit ?`,
    [ownerId, new Date(since), BEST_SELLERS],
  );
  // Postgres has texts for sums.
  return rows.map(({ name, slug, currency, orders, gross }) => ({
    name,
    slug,
    orders: Number(orders),
    gross: { amount: Number(gross), currency },
  }));
}

/** One sum for each currency, the one with the most orders first. */
function sumsOf(rows: readonly SumRow[]): SalesSum[] {
  const sums = new Map<Currency, SumRow>();
  for (const { currency, orders, gross, refunded } of rows) {
    const known = sums.get(currency) ?? { currency, orders: 0, gross: 0, refunded: 0 };
    sums.set(currency, {
      currency,
      orders: known.orders + Number(orders),
      gross: known.gross + Number(gross),
      refunded: known.refunded + Number(refunded),
    });
  }
  return [...sums.values()]
    .sort((one, other) => other.orders - one.orders || one.currency.localeCompare(other.currency))
    .map(({ currency, orders, gross, refunded }) => ({
      orders,
      gross: { amount: gross, currency },
      refunded: { amount: refunded, currency },
    }));
}
