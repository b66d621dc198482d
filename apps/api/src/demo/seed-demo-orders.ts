import { ProductEntity } from "../catalog/products/product.entity.ts";
import { StoreEntity } from "../catalog/stores/store.entity.ts";
import { emailKeyOf, UserEntity } from "../identity/users/user.entity.ts";
import type { EntityManager } from "../platform/db/database.ts";
import { SettingEntity } from "../platform/db/setting.entity.ts";
import type { Clock } from "../platform/lib/clock.ts";
import { EntitlementEntity } from "../sales/orders/entitlement.entity.ts";
import { OrderEntity } from "../sales/orders/order.entity.ts";
import { OrderEventEntity } from "../sales/orders/order-event.entity.ts";
import { OrderItemEntity } from "../sales/orders/order-item.entity.ts";
import { PaymentAttemptEntity } from "../sales/orders/payment-attempt.entity.ts";
import { findForSale } from "../sales/orders/queries.ts";
import { RefundEntity } from "../sales/orders/refund.entity.ts";
import { SalesQuarterEntity } from "../sales/orders/sales-quarter.entity.ts";
import { DemoPaymentEntity } from "../sales/payments/demo-payment.entity.ts";
import { PaymentEventEntity } from "../sales/payments/payment-event.entity.ts";
import {
  attemptRows,
  type DemoOrder,
  type DemoProduct,
  entitlementRow,
  eventRows,
  isDelivered,
  isRefunded,
  itemRow,
  numberOrders,
  orderRow,
  quarterRows,
  refundRow,
} from "./demo-order-rows.ts";
import { demoStores } from "./demo-stores.ts";
import { DEMO_DAYS, planOrders } from "./plan-orders.ts";
import { createRandom, type Random } from "./random.ts";

interface SeedContext {
  em: EntityManager;
  clock: Clock;
  publicUrl: URL;
}

const DONE = "demo_orders";
const SEED = 20_261_130;
const DAY = 24 * 60 * 60_000;

/**
 * Inserts ninety days of orders into the demo's stores, once, unless there are orders already. Each has the rows of a real
 * order, except mails and keys. The orders depend only on the day of the first start.
 * Everything is one transaction, so an interrupted run leaves nothing, and the next start does it again.
 */
export async function seedDemoOrders({ em, clock, publicUrl }: SeedContext): Promise<void> {
  if ((await em.fork().count(SettingEntity, { key: DONE })) > 0) return;
  await em.fork().transactional(async (em) => {
    const now = clock.now();
    await em.insert(SettingEntity, { key: DONE, value: new Date(now).toISOString() });
    if ((await em.count(OrderEntity)) > 0) return;
    const accounts = await em.find(UserEntity, { emailKey: { $in: demoStores.map(({ email }) => emailKeyOf(email)) } });
    const accountIds = new Map(accounts.map(({ email, id }) => [email, id]));
    const random = createRandom(SEED);
    for (const { email, rhythm } of demoStores) {
      const store = await em.findOne(StoreEntity, { owner: accountIds.get(email) ?? "" });
      if (store === null) continue;
      const products = await openStore(em, { storeId: store.id, now, launch: rhythm.launch });
      const regulars = [...accountIds.keys()].filter((other) => other !== email);
      const planned = planOrders({ random, now, rhythm, products, regulars });
      const orders = numberOrders(random, planned);
      await writeOrders(em, { orders, random, accountIds, publicUrl });
      await closeBooks(em, { storeId: store.id, sold: orders.filter(isDelivered).length });
    }
  });
}

/** Dates the store and its products back to before the orders, and reads the products in the order of their listing. */
async function openStore(
  em: EntityManager,
  { storeId, now, launch }: { storeId: string; now: number; launch: { product: string; daysAgo: number } },
): Promise<DemoProduct[]> {
  const rows = await em.find(ProductEntity, { store: storeId, status: "published" }, { orderBy: { id: "asc" } });
  const opened = now - (DEMO_DAYS + rows.length + 1) * DAY;
  await em.nativeUpdate(StoreEntity, { id: storeId }, { createdAt: new Date(opened) });
  const products: DemoProduct[] = [];
  for (const [place, { id, slug, name }] of rows.entries()) {
    const listedAt = new Date(name === launch.product ? now - launch.daysAgo * DAY : opened + (place + 1) * DAY);
    const product = await findForSale(em, slug);
    if (product === null) continue;
    await em.nativeUpdate(ProductEntity, { id }, { createdAt: listedAt, updatedAt: listedAt });
    products.push({ ...product, isFree: product.priceAmount === 0 });
  }
  return products;
}

interface OrdersToWrite {
  orders: DemoOrder[];
  random: Random;
  /** Ids of the demo's accounts, by email. */
  accountIds: ReadonlyMap<string, string>;
  publicUrl: URL;
}

/** Writes the orders of a store, all rows of a table at once. */
async function writeOrders(em: EntityManager, { orders, random, accountIds, publicUrl }: OrdersToWrite): Promise<void> {
  const attempts = orders.flatMap((order) => attemptRows(random, order, publicUrl));
  const paidBy = new Map(attempts.map(({ attempt }) => [attempt.order, attempt.id]));
  const row = (order: DemoOrder) => orderRow(random, order, accountIds.get(order.email) ?? null);
  await em.insertMany(OrderEntity, orders.map(row));
  await em.insertMany(
    OrderItemEntity,
    orders.map((order) => itemRow(random, order)),
  );
  await em.insertMany(
    PaymentAttemptEntity,
    attempts.map(({ attempt }) => attempt),
  );
  await em.insertMany(
    DemoPaymentEntity,
    attempts.map(({ payment }) => payment),
  );
  await em.insertMany(
    PaymentEventEntity,
    attempts.flatMap(({ events }) => events),
  );
  await em.insertMany(
    EntitlementEntity,
    orders.filter(isDelivered).map((order) => entitlementRow(random, order)),
  );
  await em.insertMany(
    OrderEventEntity,
    orders.flatMap((order) => eventRows(random, order)),
  );
  await em.insertMany(
    RefundEntity,
    orders.filter(isRefunded).map((order) => refundRow(random, order, paidBy.get(order.id) ?? "")),
  );
  await em.insertMany(SalesQuarterEntity, quarterRows(orders));
}

/** Says in the store and its products what was sold. */
async function closeBooks(em: EntityManager, { storeId, sold }: { storeId: string; sold: number }): Promise<void> {
  await em.nativeUpdate(StoreEntity, { id: storeId }, { nextNumber: sold + 1 });
  await em.execute(
    `update products set sold_at = (
       select min(o.created_at) from orders o join order_items i on i.order_id = o.id where i.product_id = products.id
     ) where store_id = ? and sold_at is null`,
    [storeId],
  );
}
