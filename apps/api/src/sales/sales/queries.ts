import type { Currency, Dispute, ExtraPayment, OrderItem, OrderState, Refund, SaleStatus } from "@yumroad/contract";
import type { Database, EntityManager } from "../../platform/db/database.ts";
import { escapeLike } from "../../platform/db/escape-like.ts";
import { readRows } from "../../platform/db/read-rows.ts";
import type { PageWanted } from "../../platform/http/paging.ts";

/** A row of an order as its seller sees it. */
export interface SaleRow {
  id: string;
  ref: string;
  number: number | null;
  state: OrderState;
  trouble: string | null;
  email: string;
  currency: Currency;
  total: number;
  discountAmount: number;
  discountCode: string | null;
  refunded: number;
  consentText: string | null;
  consentAt: Date | null;
  createdAt: Date;
  paidAt: Date | null;
}

const COLUMNS = `
  o.id as "id", o.ref as "ref", o.number as "number", o.state as "state", o.trouble as "trouble", o.email as "email",
  o.currency as "currency", o.total as "total", o.discount_amount as "discountAmount",
  (select d.code from discounts d where d.id = o.discount_id) as "discountCode", o.refunded as "refunded", o.consent_text as "consentText",
  o.consent_at as "consentAt", o.created_at as "createdAt", o.paid_at as "paidAt"`;

interface SalesWanted {
  ownerId: string;
  /** Beginning of an email or a reference; null: all. */
  q: string | null;
  /** Null: every status. */
  status: SaleStatus | null;
  page: PageWanted;
}

const IS_CALM = "o.trouble is null and o.refunded = 0";
const OF_STATUS: Record<SaleStatus, string> = {
  trouble: "o.trouble is not null",
  refunded: "o.trouble is null and o.refunded > 0",
  paid: `${IS_CALM} and o.state = 'paid'`,
  waiting: `${IS_CALM} and o.state in ('open', 'pending')`,
  not_paid: `${IS_CALM} and o.state in ('failed', 'expired')`,
};

/** Orders of a seller's store, the newest first. */
export function listSales(database: Database, { ownerId, q, status, page }: SalesWanted): Promise<SaleRow[]> {
  const beginning = q === null ? null : `${escapeLike(q)}%`;
  const conditions = [
    "s.owner_id = ?",
    ...(page.afterId === null ? [] : ["o.id < ?"]),
    ...(status === null ? [] : [OF_STATUS[status]]),
    ...(beginning === null ? [] : [String.raw`(o.email_key like ? escape '\' or o.ref like ? escape '\')`]),
  ];
  return database.read<SaleRow>(
    `select ${COLUMNS} from orders o join stores s on s.id = o.store_id
     where ${conditions.join(" and ")} order by o.id desc limit ?`,
    [
      ...[ownerId, ...(page.afterId === null ? [] : [page.afterId])],
      ...(beginning === null ? [] : [beginning.toLowerCase(), beginning.toUpperCase()]),
      page.limit,
    ],
  );
}

export async function findSale(em: EntityManager, ownerId: string, ref: string): Promise<SaleRow | null> {
  const sql = `select ${COLUMNS} from orders o join stores s on s.id = o.store_id where o.ref = ? and s.owner_id = ?`;
  const [row] = await readRows<SaleRow>(em, sql, [ref, ownerId]);
  return row ?? null;
}

/** The items of orders, by the id of the order. */
export async function itemsOfSales(
  em: EntityManager,
  sales: readonly Pick<SaleRow, "id" | "currency">[],
): Promise<Map<string, OrderItem[]>> {
  const items = new Map<string, OrderItem[]>(sales.map(({ id }) => [id, []]));
  if (sales.length === 0) return items;
  const places = sales.map(() => "?").join(", ");
  const sql = `select order_id as "orderId", name as "name", slug as "slug",
      coalesce(list_amount, amount) as "amount" from order_items
    where order_id in (${places}) order by id`;
  const currencies = new Map(sales.map(({ id, currency }) => [id, currency]));
  const rows = await readRows<{ orderId: string; name: string; slug: string; amount: number }>(
    em,
    sql,
    sales.map(({ id }) => id),
  );
  for (const { orderId, name, slug, amount } of rows) {
    const currency = currencies.get(orderId);
    if (currency) items.get(orderId)?.push({ name, slug, price: { amount, currency } });
  }
  return items;
}

export async function refundsOf(em: EntityManager, { id, currency: ordered }: SaleRow): Promise<Refund[]> {
  const sql = `select r.id as "id", r.state as "state", r.amount as "amount", a.paid_currency as "currency",
      a.trouble as "trouble", r.ends_access as "endsAccess",
      r.is_from_provider as "isFromProvider", r.provider_refund as "providerRefund", r.reason as "reason", r.created_at as "createdAt"
    from refunds r join payment_attempts a on a.id = r.attempt_id where r.order_id = ? order by r.id`;
  const rows = await readRows<RefundRow>(em, sql, [id]);
  return rows.map(
    ({ amount, currency, trouble, state, endsAccess, isFromProvider, providerRefund, createdAt, ...refund }) => ({
      ...refund,
      amount: { amount, currency: currency ?? ordered },
      state: state === "asked" && providerRefund !== null ? ("pending" as const) : state,
      isOfExtraPayment: trouble !== null,
      // SQLite has numbers for booleans.
      endsAccess: Boolean(endsAccess),
      isFromProvider: Boolean(isFromProvider),
      createdAt: createdAt.toISOString(),
    }),
  );
}

interface RefundRow extends Pick<Refund, "id" | "state" | "reason"> {
  amount: number;
  currency: string | null;
  trouble: string | null;
  endsAccess: boolean | number;
  isFromProvider: boolean | number;
  providerRefund: string | null;
  createdAt: Date;
}

/** The disputes of an order, the newest first. */
export async function disputesOf(em: EntityManager, orderId: string): Promise<Dispute[]> {
  const sql = `select id as "id", state as "state", amount as "amount", currency as "currency", reason as "reason",
      answer_by as "answerByAt", created_at as "createdAt" from disputes where order_id = ? order by id desc`;
  const rows = await readRows<DisputeRow>(em, sql, [orderId]);
  return rows.map(({ amount, currency, answerByAt, createdAt, ...dispute }) => ({
    ...dispute,
    amount: { amount, currency },
    answerBy: answerByAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  }));
}

interface DisputeRow extends Pick<Dispute, "id" | "state" | "reason"> {
  amount: number;
  currency: string;
  answerByAt: Date | null;
  createdAt: Date;
}

/** A payment of an order that delivered nothing. */
export interface ExtraPaymentRow {
  id: string;
  reason: ExtraPayment["reason"];
  paid: number;
  currency: string;
  refunded: number;
  /** Refunds that the provider has not answered yet. */
  asked: number;
}

export async function extraPaymentsOf(em: EntityManager, orderId: string): Promise<ExtraPaymentRow[]> {
  const sumOf = (state: string) =>
    `(select coalesce(sum(amount), 0) from refunds where attempt_id = a.id and state = '${state}')`;
  const sql = `select a.id as "id", a.trouble as "reason", a.paid_amount as "paid", a.paid_currency as "currency",
      ${sumOf("done")} as "refunded", ${sumOf("asked")} as "asked"
    from payment_attempts a where a.order_id = ? and a.trouble is not null order by a.n`;
  const rows = await readRows<ExtraPaymentRow>(em, sql, [orderId]);
  // Postgres has texts for sums.
  return rows.map((row) => ({ ...row, refunded: Number(row.refunded), asked: Number(row.asked) }));
}

/** What happened to an order, the oldest first: of a very long history, the newest 500 events. */
export async function historyOf(em: EntityManager, orderId: string): Promise<{ kind: string; at: string }[]> {
  const sql = `select kind as "kind", at as "at" from order_events where order_id = ?
    order by id desc limit 500`;
  const rows = await readRows<{ kind: string; at: Date }>(em, sql, [orderId]);
  return rows.reverse().map(({ kind, at }) => ({ kind, at: at.toISOString() }));
}

/** The attempt that an order was delivered for, or else the last one. Null: nothing was to be paid. */
export async function decisiveAttemptOf(
  em: EntityManager,
  orderId: string,
): Promise<{ provider: string; notFoundAt: Date | null } | null> {
  const sql = `select provider as "provider", not_found_at as "notFoundAt" from payment_attempts where order_id = ?
    order by case when state = 'paid' and trouble is null then 0 else 1 end, n desc limit 1`;
  const [row] = await readRows<{ provider: string; notFoundAt: Date | null }>(em, sql, [orderId]);
  return row ?? null;
}

/** True if a product of an order still exists. */
export async function hasProduct(em: EntityManager, orderId: string): Promise<boolean> {
  const sql = "select id from order_items where order_id = ? and product_id is not null limit 1";
  return (await readRows<{ id: string }>(em, sql, [orderId])).length > 0;
}

export async function hasAccess(em: EntityManager, orderId: string): Promise<boolean> {
  const sql = "select id from entitlements where order_id = ? and ended_at is null limit 1";
  return (await readRows<{ id: string }>(em, sql, [orderId])).length > 0;
}
