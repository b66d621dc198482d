import { randomUUID } from "node:crypto";
import type { Currency } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import { ProductEntity } from "../src/catalog/products/product.entity.ts";
import type { Database } from "../src/platform/db/database.ts";
import { OrderEntity } from "../src/sales/orders/order.entity.ts";
import { OrderItemEntity } from "../src/sales/orders/order-item.entity.ts";

interface InsertedOrder {
  ref: string;
  createdAt: Date;
  total: number;
  refunded?: number;
  currency?: Currency;
  name?: string;
  email?: string;
  paidAt?: Date;
  number?: number;
  tax?: number;
  country?: string;
  merchantOfRecord?: string;
}

/** Rows of orders as checkouts leave them, at any time in the past. */
export async function insertOrders(
  database: Database,
  { slug, orders }: { slug: string; orders: readonly InsertedOrder[] },
): Promise<void> {
  const em = database.fork();
  const product = await em.findOneOrFail(ProductEntity, { slug });
  const rows = orders.map((order) => ({ id: uuid(), name: "Field notes", email: "ann@example.com", ...order }));
  await em.insertMany(
    OrderEntity,
    rows.map(({ name: _, ...order }) => ({
      ...{ number: null, paidAt: null, currency: "EUR" as const, refunded: 0, ...order },
      ...{ store: product.store, buyer: null, emailKey: order.email, attemptKey: randomUUID() },
      ...{ state: order.paidAt ? ("paid" as const) : ("open" as const), payInstructions: "" },
      ...{ sellerName: "Mira", sellerAddress: "Lisbon", sellerContact: "mira@demo.example" },
      ...{ consentText: null, consentAt: null, payUntil: order.createdAt, nextCheckAt: null, trouble: null },
    })),
  );
  await em.insertMany(
    OrderItemEntity,
    rows.map(({ id, name, total }) => ({ id: uuid(), order: id, product: product.id, name, slug, amount: total })),
  );
}
