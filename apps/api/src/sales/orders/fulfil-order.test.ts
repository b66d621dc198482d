import { expect, it, onTestFinished } from "vitest";
import { createDemoSale } from "../../../test/demo-sale.ts";
import { backgroundContext } from "../../platform/http/background-context.ts";
import { inTransaction } from "../../platform/http/context.ts";
import { fulfilOrder } from "./fulfil-order.ts";
import { OrderEntity } from "./order.entity.ts";
import { PaymentAttemptEntity } from "./payment-attempt.entity.ts";

it("R90: a sale counts in the quarter of an hour in which it was paid, however long its delivery takes", async () => {
  const shop = await createDemoSale();
  onTestFinished(shop.app.close);
  const { database } = shop.app.dependencies;
  const { ref, session } = await shop.begin();
  const order = await database.fork().findOneOrFail(OrderEntity, { ref });
  const attempt = await database.fork().findOneOrFail(PaymentAttemptEntity, { session });
  let now = shop.app.clock.now();
  const clock = { ...shop.app.dependencies.clock, now: () => (now += 15 * 60_000) };
  const paid = { amount: order.total, currency: order.currency };
  const ctx = backgroundContext({ ...shop.app.dependencies, clock });
  const input = { orderId: order.id, attempt: { id: attempt.id, paid, payment: "payment" } };
  await inTransaction(ctx, (ctx) => fulfilOrder(ctx, input));
  const { paidAt } = await database.fork().findOneOrFail(OrderEntity, { ref });
  const [row] = await database.read<{ quarter: number }>("select quarter from sales_quarters", []);
  expect(row?.quarter).toBe(Math.floor(Number(paidAt) / (15 * 60_000)));
});
