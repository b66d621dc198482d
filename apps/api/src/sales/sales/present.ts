import type { ExtraPayment, OrderItem, Refund, Sale, SaleCard } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { downloadsOf } from "../downloads/queries.ts";
import { takenDiscountOf } from "../orders/taken-discount-of.ts";
import { isKnownToSellerAlone } from "./mark-as-paid.ts";
import {
  decisiveAttemptOf,
  disputesOf,
  type ExtraPaymentRow,
  extraPaymentsOf,
  hasAccess,
  hasProduct,
  historyOf,
  itemsOfSales,
  refundsOf,
  type SaleRow,
} from "./queries.ts";

/** A sale in the seller's list. */
export function presentSaleCard(row: SaleRow, items: OrderItem[]): SaleCard {
  const { currency } = row;
  return {
    ref: row.ref,
    number: row.number,
    state: row.state,
    isInTrouble: row.trouble !== null,
    email: row.email,
    items,
    total: { amount: row.total, currency },
    refunded: { amount: row.refunded, currency },
    createdAt: row.createdAt.toISOString(),
    paidAt: row.paidAt?.toISOString() ?? null,
  };
}

/** A sale as its seller sees it, with what they can do now. */
export async function presentSale(em: EntityManager, sale: Owned<SaleRow>): Promise<Sale> {
  const attempt = await decisiveAttemptOf(em, sale.id);
  const refunds = await refundsOf(em, sale);
  const left = leftToRefund(sale, refunds);
  const isPaid = sale.state === "paid";
  const { count, lastAt } = await downloadsOf(em, sale.id);
  return {
    ...presentSaleCard(sale, (await itemsOfSales(em, [sale])).get(sale.id) ?? []),
    discount: takenDiscountOf(sale),
    provider: attempt?.provider ?? null,
    hasAccess: await hasAccess(em, sale.id),
    downloads: { count, lastAt: lastAt?.toISOString() ?? null },
    consent:
      sale.consentText === null || sale.consentAt === null
        ? null
        : { text: sale.consentText, at: sale.consentAt.toISOString() },
    refunds,
    leftToRefund: { amount: left, currency: sale.currency },
    disputes: await disputesOf(em, sale.id),
    extraPayments: (await extraPaymentsOf(em, sale.id)).map(presentExtraPayment),
    history: await historyOf(em, sale.id),
    can: {
      refund: isPaid && left > 0,
      markAsPaid: !isPaid && attempt !== null && isKnownToSellerAlone(attempt) && (await hasProduct(em, sale.id)),
      resend: isPaid,
      changeAccess: isPaid,
    },
  };
}

function leftToRefund({ total, refunded }: SaleRow, refunds: readonly Refund[]): number {
  const onTheirWay = refunds
    .filter(({ state, isOfExtraPayment }) => (state === "asked" || state === "pending") && !isOfExtraPayment)
    .reduce((sum, { amount }) => sum + amount.amount, 0);
  return Math.max(0, total - refunded - onTheirWay);
}

function presentExtraPayment({ id, reason, paid, currency, refunded, asked }: ExtraPaymentRow): ExtraPayment {
  return { id, reason, paid: { amount: paid, currency }, left: { amount: paid - refunded - asked, currency } };
}
