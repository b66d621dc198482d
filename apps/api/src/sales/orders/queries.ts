import type { Currency, OrderState, Pricing, SellerOfRecord } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";
import type { PaymentState } from "../payments/payment-provider.ts";
import { type SellerColumns, sellerOf } from "./seller-of.ts";

/** A product that can be bought, with what an order freezes. */
export interface ProductForSale {
  id: string;
  slug: string;
  name: string;
  priceAmount: number;
  priceCurrency: Currency;
  pricing: Pricing;
  suggestedAmount: number | null;
  coverId: string | null;
  storeId: string;
  storeHandle: string;
  storeName: string;
  ownerId: string;
  /** How buyers pay outside of the shop, in the seller's words; empty: they can't. */
  payInstructions: string;
  /** True if the store is an operator's. */
  isOperatorsStore: boolean;
  seller: SellerOfRecord;
  /** True if the legal name and address of the seller are known. */
  hasLegalDetails: boolean;
}

/**
 * Finds a product that can be bought. The products of a disabled account stay to be seen, but nobody can buy them: its
 * owner could neither deliver nor refund.
 */
export async function findForSale(em: EntityManager, slug: string): Promise<ProductForSale | null> {
  const sql = `
    select p.id as "id", p.slug as "slug", p.name as "name", p.price_amount as "priceAmount",
      p.price_currency as "priceCurrency", p.pricing as "pricing", p.suggested_amount as "suggestedAmount",
      p.cover_id as "coverId", s.id as "storeId", s.handle as "storeHandle", s.name as "storeName",
      s.owner_id as "ownerId", s.pay_instructions as "payInstructions", u.operator_since as "operatorSince",
      s.legal_name as "legalName", s.legal_address as "legalAddress", s.contact_email as "contactEmail"
    from products p join stores s on s.id = p.store_id join users u on u.id = s.owner_id
    where p.slug = ? and p.status = 'published' and u.disabled_at is null`;
  const [row] = await readRows<SaleColumns>(em, sql, [slug]);
  return row ? { ...row, isOperatorsStore: row.operatorSince !== null, ...(await sellerOf(em, row)) } : null;
}

type SaleColumns = Omit<ProductForSale, "seller" | "hasLegalDetails" | "isOperatorsStore"> &
  SellerColumns & { operatorSince: Date | null };

export interface OrderInFull {
  id: string;
  ref: string;
  number: number | null;
  state: OrderState;
  trouble: string | null;
  email: string;
  emailKey: string;
  buyerId: string | null;
  currency: Currency;
  total: number;
  discountId: string | null;
  discountAmount: number;
  /** The code that took off `discountAmount`; null: none. */
  discountCode: string | null;
  refunded: number;
  storeId: string;
  storeHandle: string;
  storeName: string;
  sellerName: string;
  sellerAddress: string;
  sellerContact: string;
  merchantOfRecord: string | null;
  consentText: string | null;
  consentAt: Date | null;
  createdAt: Date;
  paidAt: Date | null;
  /** Time at which the buyer first saw what they bought. */
  openedAt: Date | null;
  payUntilAt: Date;
  /** How to pay outside of the shop; empty also while nobody could deliver (see `CAN_BE_DELIVERED`). */
  payInstructions: string;
}

/**
 * The condition of an order that its seller could deliver: the store `s` of the order `o` sells, and each of the products
 * is still there. Buyers of others are not asked for money.
 */
const CAN_BE_DELIVERED = `(s.taken_down_at is null and s.closed_at is null and u.disabled_at is null
  and not exists (select i.id from order_items i left join products p on p.id = i.product_id
    where i.order_id = o.id and (p.id is null or p.taken_down_at is not null)))`;

export async function findOrder(em: EntityManager, ref: string): Promise<OrderInFull | null> {
  const sql = `
    select o.id as "id", o.ref as "ref", o.number as "number", o.state as "state", o.trouble as "trouble",
      o.email as "email", o.email_key as "emailKey", o.buyer_id as "buyerId", o.currency as "currency",
      o.total as "total", o.discount_id as "discountId", o.discount_amount as "discountAmount",
      (select d.code from discounts d where d.id = o.discount_id) as "discountCode", o.refunded as "refunded", o.store_id as "storeId", s.handle as "storeHandle",
      s.name as "storeName", o.seller_name as "sellerName", o.seller_address as "sellerAddress",
      o.seller_contact as "sellerContact", o.merchant_of_record as "merchantOfRecord", o.consent_text as "consentText", o.consent_at as "consentAt",
      o.created_at as "createdAt", o.paid_at as "paidAt", o.opened_at as "openedAt", o.pay_until as "payUntilAt",
      case when ${CAN_BE_DELIVERED} then o.pay_instructions else '' end as "payInstructions"
    from orders o join stores s on s.id = o.store_id join users u on u.id = s.owner_id where o.ref = ?`;
  const [row] = await readRows<OrderInFull>(em, sql, [ref]);
  return row ?? null;
}

/**
 * The condition of a user's orders as a buyer, with the user's id twice: those begun by the account, and those of its
 * email if that is verified. An unverified email shows nothing: anybody can sign up with another person's.
 */
export const IS_OF_BUYER = `(o.buyer_id = ? or o.email_key in
  (select email_key from users where id = ? and email_verified_at is not null))`;

export interface ItemOfOrder {
  name: string;
  slug: string;
  amount: number;
  /** The price before the discount; null: there was none. */
  listAmount: number | null;
  productId: string | null;
  /** Time of the product's first sale; null: never sold, or deleted. */
  soldAt: Date | null;
  /** True if the buyer has access to the product now. */
  hasAccess: boolean;
}

export async function itemsOf(em: EntityManager, orderId: string): Promise<ItemOfOrder[]> {
  const sql = `
    select i.name as "name", i.slug as "slug", i.amount as "amount", i.list_amount as "listAmount", i.product_id as "productId",
      p.sold_at as "soldAt", case when e.id is null then 0 else 1 end as "hasAccess"
    from order_items i left join products p on p.id = i.product_id
    left join entitlements e on e.order_id = i.order_id and e.product_id = i.product_id and e.ended_at is null
    where i.order_id = ? order by i.id`;
  const rows = await readRows<Omit<ItemOfOrder, "hasAccess"> & { hasAccess: number }>(em, sql, [orderId]);
  return rows.map((row) => ({ ...row, hasAccess: Number(row.hasAccess) === 1 }));
}

/** The last attempt to pay an order. Null: there is none, as it costs nothing. */
export async function lastAttemptOf(
  em: EntityManager,
  orderId: string,
): Promise<{ provider: string; payTo: string | null; state: string } | null> {
  const sql = `select provider as "provider", pay_at as "payTo", state as "state" from payment_attempts
    where order_id = ? order by n desc limit 1`;
  const [row] = await readRows<{ provider: string; payTo: string | null; state: string }>(em, sql, [orderId]);
  return row ?? null;
}

/** True if money arrived for an order that delivered nothing; once all of it is given back, the order is in no trouble. */
export async function hasMismatch(em: EntityManager, orderId: string): Promise<boolean> {
  const sql = "select id from payment_attempts where order_id = ? and trouble is not null limit 1";
  return (await readRows(em, sql, [orderId])).length > 0;
}

/** True if a key was mailed to the email that an order has now. */
export async function isKeyMailed(em: EntityManager, { id, email }: OrderInFull): Promise<boolean> {
  const sql = "select id from order_keys where order_id = ? and mailed_to = ? and ended_at is null limit 1";
  return (await readRows(em, sql, [id, email])).length > 0;
}

interface AttemptOfSession {
  id: string;
  orderId: string;
  n: number;
  state: PaymentState["is"];
}

/** The attempt to pay that a provider knows by the name `session`. */
export async function findAttempt(
  em: EntityManager,
  { provider, session }: { provider: string; session: string },
): Promise<AttemptOfSession | null> {
  const sql = `select id as "id", order_id as "orderId", n as "n", state as "state" from payment_attempts
    where provider = ? and session = ?`;
  const [row] = await readRows<AttemptOfSession>(em, sql, [provider, session]);
  return row ?? null;
}
