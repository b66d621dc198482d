import { Readable } from "node:stream";
import { setImmediate as letOthersRun } from "node:timers/promises";
import { amountText, type Currency } from "@yumroad/contract";
import type { Database } from "../../platform/db/database.ts";
import { BYTE_ORDER_MARK, writeCsvLine } from "../../platform/lib/write-csv.ts";

/** Rows that are read at once, and so held in memory. */
const BATCH = 250;

const HEADER = [
  ...["order", "number", "state", "created", "paid", "email", "product"],
  ...["currency", "total", "total_minor", "refunded", "refunded_minor", "tax", "tax_minor", "country"],
];

// The keyset goes along the index (store_id, created_at, id): a batch costs the same wherever in the list it is.
const SQL = `
  select o.id as "id", o.ref as "ref", o.number as "number", o.state as "state", o.created_at as "createdAt",
    o.paid_at as "paidAt", o.email as "email", o.currency as "currency", o.total as "total", o.refunded as "refunded",
    o.tax as "tax", o.country as "country",
    (select string_agg(i.name, '; ' order by i.id) from order_items i where i.order_id = o.id) as "product"
  from orders o
  where o.store_id = ? and o.created_at >= ? and (o.created_at, o.id) < (?, ?)
  order by o.created_at desc, o.id desc limit ?`;

interface ExportedSale {
  id: string;
  ref: string;
  number: number | null;
  state: string;
  createdAt: Date;
  paidAt: Date | null;
  email: string;
  currency: Currency;
  total: number;
  refunded: number;
  /** Tax that is part of the total; null: no provider has calculated it. */
  tax: number | null;
  country: string | null;
  product: string | null;
}

interface SalesWanted {
  /** Null: the seller has no store yet. */
  storeId: string | null;
  /** The first moment, and the one after the last. */
  from: Date;
  to: Date;
}

/** Orders of a store as CSV, the newest first. Reads the next batch when the client has taken the one before. */
export function exportSales(database: Database, wanted: SalesWanted): Readable {
  return Readable.from(writeSales(database, wanted));
}

async function* writeSales(database: Database, { storeId, from, to }: SalesWanted): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + writeCsvLine(HEADER);
  if (storeId === null) return;
  for (let last = { createdAt: to, id: "" }; ; ) {
    const rows = await database.read<ExportedSale>(SQL, [storeId, from, last.createdAt, last.id, BATCH]);
    const end = rows.at(-1);
    if (end === undefined) return;
    yield rows.map(writeSale).join("");
    last = end;
    // A fast client and SQLite, which answers at once, would leave no time for other requests.
    await letOthersRun();
  }
}

function writeSale({ ref, number, state, createdAt, paidAt, email, product, ...sale }: ExportedSale): string {
  const { currency, total, refunded, tax, country } = sale;
  return writeCsvLine([
    ...[ref, number, state, createdAt.toISOString(), paidAt?.toISOString() ?? null, email, product, currency],
    ...[amountText({ amount: total, currency }), total, amountText({ amount: refunded, currency }), refunded],
    ...[tax === null ? null : amountText({ amount: tax, currency }), tax, country],
  ]);
}
