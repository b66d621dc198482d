import { LockMode, UniqueConstraintViolationException } from "@mikro-orm/core";
import { type CheckoutInput, CONSENT } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import { ProductEntity } from "../../catalog/products/product.entity.ts";
import { StoreEntity } from "../../catalog/stores/store.entity.ts";
import { emailKeyOf, UserEntity } from "../../identity/users/user.entity.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { inTransaction } from "../../platform/http/context.ts";
import { Refusal } from "../../platform/http/problem.ts";
import { DiscountEntity } from "../discounts/discount.entity.ts";
import type { ProviderFor } from "../payments/choose-provider.ts";
import { MANUAL } from "../payments/create-manual-provider.ts";
import { type PaymentProvider, STRIPE } from "../payments/payment-provider.ts";
import { beginPayment, FIRST_CHECK_MS, type PaymentContext } from "./begin-payment.ts";
import type { FindMissingForSale } from "./find-missing-for-sale.ts";
import { fulfilOrder } from "./fulfil-order.ts";
import { giveAttemptKey } from "./give-attempt-key.ts";
import { insertAttempt } from "./insert-attempt.ts";
import { type HowToPayLimits, mailHowToPay, takeHowToPayMail } from "./mail-how-to-pay.ts";
import { OrderEntity, type OrderRow } from "./order.entity.ts";
import { OrderItemEntity } from "./order-item.entity.ts";
import { orderRef } from "./order-ref.ts";
import { PaymentAttemptEntity } from "./payment-attempt.entity.ts";
import type { ProductForSale } from "./queries.ts";
import { recordOrderEvent } from "./record-order-event.ts";
import { reserveDiscount } from "./reserve-discount.ts";

export type CheckoutContext = PaymentContext &
  HowToPayLimits & {
    providerFor: ProviderFor;
    findMissingForSale: FindMissingForSale;
  };

interface BeginCheckoutInput {
  product: ProductForSale;
  buyer: { id: string } | null;
  /** What the buyer pays, in minor units of the product's currency. */
  total: number;
  /** What a code has taken off the price; null: there is none. */
  discount: { id: string; amount: number } | null;
  input: CheckoutInput;
  /** The order that the attempt has placed already (see `findOfAttempt`); null: none. */
  known: OrderRow | null;
  /** Ids of the keys that the browser's cookie names. */
  keyIds: readonly string[];
}

export type CheckoutOutcome =
  | { kind: "begun"; order: { ref: string }; keyId: string | null; payAt: string | null }
  | { kind: "attempt_reused" | "checkout_not_set_up" };

/** Time to pay, until the provider has said how long it takes payments. */
const PAY_WITHIN_MS = 24 * 60 * 60_000;

/**
 * Orders a product. The order is stored first, with everything frozen, and only then the provider is asked: whatever
 * happens in between, the sweep finds the order and goes on with it. The same attempt again is the same order, so a
 * double click or a lost answer orders nothing twice; after a declined payment, it is a second attempt to pay the order,
 * unless the money of an earlier one has arrived after all.
 * An order that costs nothing is delivered at once. Throws the refusal `discount_used_up`.
 */
export async function beginCheckout(ctx: CheckoutContext, given: BeginCheckoutInput): Promise<CheckoutOutcome> {
  const isFree = given.total === 0;
  const provider = isFree ? null : await readyProviderFor(ctx, given.product);
  if (!isFree && provider === null) return { kind: "checkout_not_set_up" };
  const order = await findOrInsert(ctx, given, provider?.name ?? null);
  if (!(await isSame(ctx, { order, ...given }))) return { kind: "attempt_reused" };
  const keyId = await giveAttemptKey(ctx, { orderId: order.id, keyIds: given.keyIds });
  const begun = { kind: "begun", order: { ref: order.ref }, keyId } as const;
  if (order.state === "paid") return { ...begun, payAt: null };
  if (order.total === 0) {
    await inTransaction(ctx, (ctx) => fulfilOrder(ctx, { orderId: order.id, attempt: null }));
    return { ...begun, payAt: null };
  }
  if (!(await mayGoOn(ctx, { order, provider }))) return { kind: "checkout_not_set_up" };
  return { ...begun, payAt: await beginPayment(ctx, order.id) };
}

/**
 * False for an order that would be paid through the operators' account although its store is none of theirs any more. What
 * was begun before must not go on to bring money there.
 */
async function mayGoOn(
  { em }: CheckoutContext,
  { order, provider }: { order: OrderRow; provider: PaymentProvider | null },
): Promise<boolean> {
  if (provider?.name === STRIPE) return true;
  const last = await em.fork().findOneOrFail(PaymentAttemptEntity, { order: order.id }, { orderBy: { n: "desc" } });
  return last.provider !== STRIPE;
}

/** The provider of a product whose store has all that taking money needs; null: it can't be paid. */
async function readyProviderFor(ctx: CheckoutContext, product: ProductForSale): Promise<PaymentProvider | null> {
  const missing = await ctx.findMissingForSale(ctx.em, product);
  return missing.length === 0 ? ctx.providerFor(product) : null;
}

async function findOrInsert(
  ctx: CheckoutContext,
  given: BeginCheckoutInput,
  provider: string | null,
): Promise<OrderRow> {
  const { product, input, known } = given;
  if (known) return known;
  const mailsHowToPay = provider === MANUAL && (await takeHowToPayMail(ctx, input.email));
  try {
    return await insertOrder(ctx, given, { provider, mailsHowToPay });
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    // The same attempt was sent twice at once.
    const first = await findOfAttempt(ctx.em.fork(), { storeId: product.storeId, attempt: input.attempt });
    if (!first) throw error;
    return first;
  }
}

/** The order that an attempt has placed. Null: none yet. */
export function findOfAttempt(
  em: EntityManager,
  { storeId, attempt }: { storeId: string; attempt: string },
): Promise<OrderRow | null> {
  return em.findOne(OrderEntity, { store: storeId, attemptKey: attempt });
}

interface PaymentOfOrder {
  /** Null: nothing is to be paid. */
  provider: string | null;
  mailsHowToPay: boolean;
}

function insertOrder(
  ctx: CheckoutContext,
  { product, buyer, total, discount, input }: BeginCheckoutInput,
  { provider, mailsHowToPay }: PaymentOfOrder,
): Promise<OrderRow> {
  return inTransaction(ctx, async (ctx) => {
    const { em } = ctx;
    const now = ctx.clock.now();
    const isFree = total === 0;
    const order = em.create(OrderEntity, {
      ...{ id: uuid(), ref: orderRef(), number: null, store: em.getReference(StoreEntity, product.storeId) },
      buyer: buyer && em.getReference(UserEntity, buyer.id),
      ...{ email: input.email, emailKey: emailKeyOf(input.email), attemptKey: input.attempt, state: "open" },
      ...{ currency: product.priceCurrency, total, refunded: 0, tax: null, country: null },
      discount: discount && em.getReference(DiscountEntity, discount.id),
      discountAmount: discount?.amount ?? 0,
      ...{ sellerName: product.seller.name, sellerAddress: product.seller.address },
      sellerContact: product.seller.contact,
      merchantOfRecord: ctx.payments.get(provider ?? "")?.merchantOfRecord ?? null,
      // Later changes do not count: a thief in the seller's account must not redirect money of orders that were begun.
      payInstructions: provider === MANUAL ? product.payInstructions : "",
      ...(isFree ? { consentText: null, consentAt: null } : { consentText: CONSENT.text, consentAt: new Date(now) }),
      ...{ payUntil: new Date(now + PAY_WITHIN_MS), paidAt: null, trouble: null, createdAt: new Date(now) },
      nextCheckAt: new Date(now + FIRST_CHECK_MS),
    });
    await em.persist(order).flush();
    await reserveDiscount(em, order);
    await holdForSale(em, product.id);
    await em.insert(OrderItemEntity, {
      ...{ id: uuid(), order, product: em.getReference(ProductEntity, product.id) },
      ...{ name: product.name, slug: product.slug, amount: total },
      listAmount: discount && total + discount.amount,
    });
    if (provider !== null) await insertAttempt(ctx, { order, n: 1, provider });
    await recordOrderEvent(ctx, { orderId: order.id, kind: "begun" });
    if (mailsHowToPay) await mailHowToPay(ctx, order);
    return order;
  });
}

/**
 * Locks a product until the transaction of `em` ends, so that meanwhile nobody deletes it, unpublishes it or takes it
 * down, and refuses if somebody has since it was read. Comes after the order, whose foreign keys lock users: taking down
 * locks a user first too. Other checkouts share the lock.
 */
async function holdForSale(em: EntityManager, id: string): Promise<void> {
  const isForSale = { id, status: "published", takenDownAt: null } as const;
  const lock = { lockMode: LockMode.PESSIMISTIC_READ, refresh: true } as const;
  if ((await em.findOne(ProductEntity, isForSale, lock)) === null) throw new Refusal("not_found");
}

/** True if the attempt's order is the one that is asked for now. */
async function isSame(
  { em }: CheckoutContext,
  { order, product, total, discount, input }: BeginCheckoutInput & { order: OrderRow },
): Promise<boolean> {
  if (order.emailKey !== emailKeyOf(input.email)) return false;
  if ((order.discount?.id ?? null) !== (discount?.id ?? null)) return false;
  if (order.total !== total || order.currency !== product.priceCurrency) return false;
  return (await em.fork().count(OrderItemEntity, { order: order.id, product: product.id })) > 0;
}
