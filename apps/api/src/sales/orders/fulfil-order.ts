import { v7 as uuid } from "uuid";
import { ProductEntity } from "../../catalog/products/product.entity.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";
import type { Context } from "../../platform/http/context.ts";
import { enqueueMails, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { PaymentState } from "../payments/payment-provider.ts";
import { addToQuarter } from "./add-to-quarter.ts";
import { lockOrder } from "./lock-order.ts";
import { mailPaymentTrouble } from "./mail-payment-trouble.ts";
import { noteReceipt, type ReceiptFacts, writeReceipt } from "./mail-receipt.ts";
import type { OrderTrouble } from "./order.entity.ts";
import { PaymentAttemptEntity } from "./payment-attempt.entity.ts";
import { type ItemOfOrder, itemsOf, type OrderInFull } from "./queries.ts";
import { recordOrderEvent } from "./record-order-event.ts";
import { takeDiscount } from "./reserve-discount.ts";
import { writeSaleNotice } from "./write-sale-notice.ts";

export type FulfilContext = MailContext & Pick<Context, "em" | "clock" | "log">;

/** The attempt that was paid; null for an order that costs nothing. */
export interface PaidAttempt {
  id: string;
  paid: NonNullable<PaymentState["paid"]>;
  payment: string | null;
  /** Tax that is part of what was paid; null or left out: the provider calculates none. */
  tax?: number | null;
  country?: string | null;
}

export interface FulfilInput {
  orderId: string;
  attempt: PaidAttempt | null;
  /** True if the seller says that the order is paid. */
  isByHand?: boolean;
}

/**
 * - `delivered`: this call has delivered the order
 * - `already`: an earlier call has, for the same payment
 * - anything else: the money stays as it is, and a person has to look at the order
 */
export type FulfilOutcome = "delivered" | "already" | OrderTrouble;

/**
 * Delivers an order whose payment has arrived: marks it as paid and gives it its number, gives the buyer what they
 * bought, mails the receipt, and counts the sale. Everything is in the transaction of `ctx.em`, so a process that dies
 * in it leaves nothing half done. Of any number of concurrent calls, the one whose conditional update finds the order unpaid
 * delivers it: both databases run such updates one after the other. Whoever calls this has asked the provider before:
 * the transaction waits for nobody.
 */
export async function fulfilOrder(ctx: FulfilContext, input: FulfilInput): Promise<FulfilOutcome> {
  const order = await markAsPaid(ctx, input);
  if (order === null) return explainUnpaid(ctx, input);
  if (input.attempt) await markAttempt(ctx, input.attempt, null);
  await endChecks(ctx.em, order.id);
  if (order.discountId !== null) await takeDiscount(ctx.em, order.id);
  if (input.isByHand) await recordOrderEvent(ctx, { orderId: order.id, kind: "marked_as_paid" });
  await recordOrderEvent(ctx, { orderId: order.id, kind: "paid" });
  const items = await itemsOf(ctx.em, order.id);
  await giveProducts(ctx, order, items);
  await addToQuarter(ctx.em, order, {
    at: (order.paidAt ?? order.createdAt).getTime(),
    orders: 1,
    gross: order.total,
    refunded: 0,
  });
  const receipt = await writeReceipt(ctx, order, items);
  const [mailId = null] = await enqueueMails(ctx, [receipt, ...(await writeSaleNotice(ctx, order, items))]);
  await noteReceipt(ctx, { orderId: order.id, mailId });
  return "delivered";
}

/** An order that was just paid, with what its mails and sums need. */
type PaidOrder = Pick<OrderInFull, keyof ReceiptFacts | "storeId" | "discountId">;

const PAID_ORDER = `id as "id", ref as "ref", store_id as "storeId", email as "email", currency as "currency",
  total as "total", discount_id as "discountId", number as "number", created_at as "createdAt", paid_at as "paidAt",
  consent_text as "consentText", seller_name as "sellerName", seller_address as "sellerAddress",
  seller_contact as "sellerContact", merchant_of_record as "merchantOfRecord"`;

/** The lock of the delivery: of concurrent calls, one finds the order unpaid. Null: this call does not. */
async function markAsPaid({ em, clock }: FulfilContext, { orderId, attempt }: FulfilInput): Promise<PaidOrder | null> {
  const { amount, currency } = attempt?.paid ?? { amount: 0, currency: null };
  // States in which money that arrives is delivered: all but the one in which it has been.
  const sql = `update orders set state = 'paid', paid_at = ?, tax = ?, country = ? where id = ? and total = ?
    and currency = coalesce(?, currency) and state in ('open', 'pending', 'failed', 'expired') returning ${PAID_ORDER}`;
  const [paid] = await readRows<PaidOrder>(em, sql, [
    ...[new Date(clock.now()), attempt?.tax ?? null, attempt?.country ?? null],
    ...[orderId, amount, currency],
  ]);
  return paid ? { ...paid, number: await giveNumber(em, paid) } : null;
}

/** Gives an order the next number of its store's receipts. They have no gaps, as the transaction undoes both updates. */
async function giveNumber(em: EntityManager, { id, storeId }: PaidOrder): Promise<number> {
  const take = `update stores set next_number = next_number + 1 where id = ? returning next_number - 1 as "number"`;
  const [taken] = await readRows<{ number: number }>(em, take, [storeId]);
  if (!taken) throw new Error(`There is no store of order ${id}`);
  await em.execute("update orders set number = ? where id = ?", [taken.number, id]);
  return taken.number;
}

async function explainUnpaid(ctx: FulfilContext, { orderId, attempt }: FulfilInput): Promise<FulfilOutcome> {
  const { em } = ctx;
  if (attempt === null) return "already";
  // Of concurrent calls about one payment, the first explains it.
  const order = await lockOrder(em, orderId);
  const row = await em.findOneOrFail(PaymentAttemptEntity, attempt.id, { refresh: true });
  if (row.state === "paid") return "already";
  const trouble = order.state === "paid" ? "paid_twice" : "amount_differs";
  order.trouble = trouble;
  await em.flush();
  await markAttempt(ctx, attempt, trouble);
  await endChecks(em, orderId);
  await recordOrderEvent(ctx, { orderId, kind: "trouble" });
  await mailPaymentTrouble(ctx, order, { trouble, paid: attempt.paid });
  return trouble;
}

async function markAttempt(
  { em, clock }: FulfilContext,
  { id, paid, payment }: PaidAttempt,
  trouble: OrderTrouble | null,
): Promise<void> {
  const { amount, currency } = paid;
  // A refund or dispute that the shop was told of before it knew the payment could be found nowhere.
  const sql = `update payment_attempts set state = 'paid', payment = ?, paid_amount = ?, paid_currency = ?, trouble = ?,
    history_due_at = ?, not_found_at = null where id = ?`;
  await em.execute(sql, [payment, amount, currency, trouble, new Date(clock.now()), id]);
}

/** Ends the checks of an order, unless another of its attempts may still bring money. */
async function endChecks(em: EntityManager, orderId: string): Promise<void> {
  const sql = `update orders set next_check_at = null where id = ? and not exists
    (select id from payment_attempts where order_id = ? and state <> 'paid')`;
  await em.execute(sql, [orderId, orderId]);
}

/** Gives the buyer each product of the order; from its first sale on a product is kept for its buyers. */
async function giveProducts(
  { em, clock }: FulfilContext,
  order: PaidOrder,
  items: readonly ItemOfOrder[],
): Promise<void> {
  const now = new Date(clock.now());
  const sql = "insert into entitlements (id, order_id, product_id, created_at) values (?, ?, ?, ?)";
  for (const { productId, soldAt } of items) {
    if (productId === null) continue;
    await em.execute(sql, [uuid(), order.id, productId, now]);
    if (soldAt === null) await em.nativeUpdate(ProductEntity, { id: productId, soldAt: null }, { soldAt: now });
  }
}
