import { CONSENT, type OrderEventKind, type OrderState } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import { emailKeyOf } from "../identity/users/user.entity.ts";
import { quarterOf } from "../sales/orders/add-to-quarter.ts";
import type { ProductForSale } from "../sales/orders/queries.ts";
import { DEMO_LIFETIME_MS, DEMO_PROVIDER } from "../sales/payments/demo-provider.ts";
import type { PaymentState } from "../sales/payments/payment-provider.ts";
import type { DemoOutcome, DemoRefund, PlannedOrder } from "./plan-orders.ts";
import type { Random } from "./random.ts";

export type DemoProduct = ProductForSale & { isFree: boolean };

/** An order of the demo with what its rows have in common. */
export interface DemoOrder extends PlannedOrder<DemoProduct> {
  id: string;
  ref: string;
  /** Null: not paid. */
  paidAt: number | null;
  number: number | null;
  total: number;
  refunded: number;
}

const DAY = 24 * 60 * 60_000;
const MINUTE = 60_000;
/** Times from an order to the end of its declined attempt, and to the next attempt. */
const DECLINED_MS = 30_000;
const RETRY_MS = 35_000;
/** Crockford's alphabet, as of all orders (`order-ref.ts`). */
const REF_ALPHABET = [..."0123456789ABCDEFGHJKMNPQRSTVWXYZ"];

/** Countries of buyers; null: their payment does not tell. */
const COUNTRIES = ["PT", "PT", "PT", "DE", "DE", "FR", "ES", "NL", "US", null] as const;

const ORDER_STATES: Readonly<Record<DemoOutcome, OrderState>> = {
  ...{ paid: "paid", retried: "paid", declined: "failed" },
  ...{ expired: "expired", open: "open", pending: "pending" },
};

/** The states of the attempts to pay an order. */
const ATTEMPTS: Readonly<Record<DemoOutcome, readonly PaymentState["is"][]>> = {
  ...{ paid: ["paid"], retried: ["failed", "paid"], declined: ["failed"] },
  ...{ expired: ["expired"], open: ["open"], pending: ["pending"] },
};

/** Numbers the paid orders of a store in the order in which they were paid, without gaps. */
export function numberOrders(random: Random, planned: readonly PlannedOrder<DemoProduct>[]): DemoOrder[] {
  let named = 0;
  const orders = planned.map((order): DemoOrder => {
    const { at, outcome, product, refund } = order;
    const isPaid = ORDER_STATES[outcome] === "paid";
    const paidAt = isPaid ? at + (product.isFree ? 0 : random.between(40, 400) * 1000) : null;
    if (product.pricing === "pay_what_you_want") named += 1;
    const total = totalOf(product, named);
    const refunded = refund === null ? 0 : Math.round(total * refund.share);
    const ref = Array.from({ length: 10 }, () => random.pick(REF_ALPHABET)).join("");
    return { ...order, id: idAt(random, at), ref, paidAt, number: null, total, refunded };
  });
  const paid = orders.filter(isDelivered).toSorted((one, other) => one.paidAt - other.paidAt);
  for (const [place, order] of paid.entries()) order.number = place + 1;
  return orders;
}

/**
 * The total of an order. Where buyers name the price, the totals rotate by `named`, the number of such orders so far: one
 * in five is the least, the others are the suggestion or more.
 */
function totalOf({ pricing, priceAmount, suggestedAmount }: DemoProduct, named: number): number {
  if (pricing === "fixed") return priceAmount;
  const suggested = suggestedAmount ?? priceAmount;
  const totals = [priceAmount, suggested, suggested, Math.round(suggested * 1.5), suggested * 2];
  return totals[named % totals.length] ?? suggested;
}

/** `buyer`: the id of the account that has ordered. */
export function orderRow(
  random: Random,
  { id, ref, number, product, email, at, outcome, paidAt, total, refunded }: DemoOrder,
  buyer: string | null,
) {
  const { storeId, seller, priceCurrency, isFree } = product;
  const isWaiting = outcome === "open" || outcome === "pending";
  return {
    ...{ id, ref, number, store: storeId, buyer, email, emailKey: emailKeyOf(email), attemptKey: idAt(random, at) },
    ...{ state: ORDER_STATES[outcome], currency: priceCurrency, total, refunded, trouble: null },
    ...{ sellerName: seller.name, sellerAddress: seller.address, sellerContact: seller.contact },
    ...(isFree ? { consentText: null, consentAt: null } : { consentText: CONSENT.text, consentAt: new Date(at) }),
    ...{ payUntil: new Date(at + DEMO_LIFETIME_MS), paidAt: paidAt === null ? null : new Date(paidAt) },
    country: number === null || isFree ? null : (COUNTRIES[number % COUNTRIES.length] ?? null),
    ...{ createdAt: new Date(at), nextCheckAt: isWaiting ? new Date(at + DEMO_LIFETIME_MS) : null },
  };
}

export function itemRow(random: Random, { id, at, product, total: amount }: DemoOrder) {
  const { name, slug } = product;
  return { id: idAt(random, at), order: id, product: product.id, name, slug, amount };
}

/**
 * The attempts to pay an order, each with its payment at the demo's provider, and the webhook of one that was paid. None
 * for a free order.
 */
export function attemptRows(
  random: Random,
  { id, ref, at, outcome, paidAt, product, total }: DemoOrder,
  publicUrl: URL,
) {
  if (product.isFree) return [];
  return ATTEMPTS[outcome].map((state, index) => {
    const session = Buffer.from(random.bytes(32)).toString("base64url");
    const begunAt = at + index * RETRY_MS;
    const createdAt = new Date(begunAt);
    return {
      attempt: {
        ...{ id: idAt(random, begunAt), order: id, n: index + 1, provider: DEMO_PROVIDER, session, state, createdAt },
        payAt: new URL(`/demo-pay/${session}`, publicUrl).href,
        ...(state === "paid"
          ? { payment: `demo-payment-${session}`, paidAmount: total, paidCurrency: product.priceCurrency }
          : { payment: null, paidAmount: null, paidCurrency: null }),
        trouble: null,
      },
      payment: {
        ...{ session, orderRef: ref, itemName: product.name, amount: total },
        ...{ currency: product.priceCurrency, state, createdAt, endsAt: new Date(begunAt + DEMO_LIFETIME_MS) },
        // Like a bank transfer, which arrives the next day.
        settlesAt: state === "pending" ? new Date(begunAt + DAY) : null,
        webhookDueAt: null,
      },
      events: state === "paid" && paidAt !== null ? [webhookRow({ orderId: id, session, paidAt })] : [],
    };
  });
}

function webhookRow({ orderId, session, paidAt }: { orderId: string; session: string; paidAt: number }) {
  const kind = "payment.paid";
  return { provider: DEMO_PROVIDER, eventId: `${kind}-${session}`, kind, orderId, receivedAt: new Date(paidAt) };
}

export function entitlementRow(random: Random, { id, product, paidAt, refund }: DemoOrder & { paidAt: number }) {
  const endedAt = refund?.share === 1 ? new Date(refund.at) : null;
  return { id: idAt(random, paidAt), order: id, product: product.id, createdAt: new Date(paidAt), endedAt };
}

/** The history of an order, with the events that a real one records. */
export function eventRows(random: Random, order: DemoOrder) {
  return historyOf(random, order).map(([kind, at]) => ({
    ...{ id: idAt(random, at), order: order.id, kind, at: new Date(at) },
  }));
}

type Happened = [kind: OrderEventKind, at: number];

function historyOf(random: Random, { at, outcome, paidAt, product, refund }: DemoOrder): Happened[] {
  const happened: Happened[] = [["begun", at]];
  if (!product.isFree) happened.push(["payment_begun", at + 200]);
  if (outcome === "pending") happened.push(["payment_pending", at + MINUTE]);
  if (outcome === "declined" || outcome === "retried") happened.push(["payment_failed", at + DECLINED_MS]);
  if (outcome === "retried") happened.push(["payment_begun", at + RETRY_MS + 200]);
  if (outcome === "expired") happened.push(["payment_expired", at + DEMO_LIFETIME_MS + 2 * MINUTE]);
  if (paidAt === null) return happened;
  happened.push(["paid", paidAt + 1]);
  if (random.next() < 0.8) happened.push(["opened", paidAt + random.between(1, 15) * MINUTE]);
  if (refund !== null) happened.push(["refund_asked", refund.at], ["refunded", refund.at + 300]);
  if (refund?.share === 1) happened.push(["access_ended", refund.at + 301]);
  return happened;
}

/** `attempt`: the id of the attempt that has paid the order. */
export function refundRow(
  random: Random,
  { id: order, refund, refunded }: DemoOrder & { refund: DemoRefund },
  attempt: string,
) {
  const id = idAt(random, refund.at);
  return {
    ...{
      id,
      order,
      attempt,
      requestKey: idAt(random, refund.at),
      providerRefund: `demo-refund-${id}`,
      amount: refunded,
    },
    ...{ state: "done" as const, endsAccess: refund.share === 1, reason: refund.reason },
    ...{ createdAt: new Date(refund.at), triedAt: new Date(refund.at) },
  };
}

/** The sums of a store's sales in each quarter of an hour in which something was paid or refunded. */
export function quarterRows(orders: readonly DemoOrder[]) {
  const changes = orders.flatMap(({ product, paidAt, refund, total, refunded }) => [
    ...(paidAt === null ? [] : [{ product, at: paidAt, orders: 1, gross: total, refunded: 0 }]),
    ...(refund === null ? [] : [{ product, at: refund.at, orders: 0, gross: 0, refunded }]),
  ]);
  const keyOf = ({ product: { storeId, priceCurrency }, at }: (typeof changes)[number]) =>
    `${storeId} ${priceCurrency} ${quarterOf(at)}`;
  return [...Map.groupBy(changes, keyOf).values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const { product, at, ...amounts } = first;
    const sum = others.reduce(add, amounts);
    return [{ store: product.storeId, currency: product.priceCurrency, quarter: quarterOf(at), ...sum }];
  });
}

interface Amounts {
  orders: number;
  gross: number;
  refunded: number;
}

function add(one: Amounts, { orders, gross, refunded }: Amounts): Amounts {
  return { orders: one.orders + orders, gross: one.gross + gross, refunded: one.refunded + refunded };
}

export function isDelivered(order: DemoOrder): order is DemoOrder & { paidAt: number } {
  return order.paidAt !== null;
}

export function isRefunded(order: DemoOrder): order is DemoOrder & { refund: DemoRefund } {
  return order.refund !== null;
}

/** A UUID of version 7 of a past time, so that rows sorted by id are sorted by time. */
function idAt(random: Random, at: number): string {
  return uuid({ msecs: at, random: random.bytes(16) });
}
