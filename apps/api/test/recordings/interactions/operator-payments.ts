import type { EndpointName } from "@yumroad/contract";
import { OrderEntity } from "../../../src/sales/orders/order.entity.ts";
import { signedWebhook } from "../../signed-webhook.ts";
import { buyer, paidBuyer, sold, whileUnreachable } from "../demo-orders.ts";
import type { Fixtures } from "../fixtures.ts";
import { type Interactions, untilLimited } from "../interaction.ts";

const MINUTE = 60_000;

/** An operator of the demo, in which there are no orders. */
async function operatorWithoutOrders({ demo, newOperator }: Fixtures) {
  const { client } = await newOperator(demo);
  const em = demo.dependencies.database.fork();
  // Other recordings leave orders as well.
  await em.nativeDelete(OrderEntity, {});
  return { client, em };
}

export const operatorPaymentInteractions = {
  "operator.getPayments": {
    async success(fixtures, ask) {
      const { client, em } = await operatorWithoutOrders(fixtures);
      const overdue = await sold(fixtures, { isPaid: false });
      const dueAt = new Date(fixtures.clock.now() - 20 * MINUTE);
      await em.nativeUpdate(OrderEntity, { ref: overdue.ref }, { nextCheckAt: dueAt });
      const paidTwice = await sold(fixtures);
      await em.nativeUpdate(OrderEntity, { ref: paidTwice.ref }, { trouble: "paid_twice" });
      const undelivered = await sold(fixtures);
      await em.nativeUpdate(OrderEntity, { ref: undelivered.ref }, { state: "open" });
      const lost = await sold(fixtures, { isPaid: false });
      const ofOrder = "order_id = (select id from orders where ref = ?)";
      await em.execute(`update payment_attempts set not_found_at = created_at where ${ofOrder}`, [lost.ref]);
      return ask(client);
    },
    async "success: all is well"(fixtures, ask) {
      const { client } = await operatorWithoutOrders(fixtures);
      const { client: buyer, session } = await paidBuyer(fixtures);
      await buyer.post("/webhooks/demo", signedWebhook(fixtures.demo, { id: "event-3", session }));
      return ask(client);
    },
  },

  "operator.checkPaymentSetup": {
    async success(fixtures, ask) {
      return ask((await operatorWithoutOrders(fixtures)).client);
    },
    async rate_limited(fixtures, ask) {
      const client = fixtures.clientAt(await fixtures.newOperator(), fixtures.exhausted);
      return untilLimited(() => ask(client));
    },
  },

  "operator.checkPayments": {
    async success(fixtures, ask) {
      const { client } = await operatorWithoutOrders(fixtures);
      const { client: payer, session } = await buyer(fixtures);
      await payer.post(`/api/demo-payments/${session}`, { json: { outcome: "pay", isUntold: true } });
      return ask(client);
    },
    async "success: no order waits"(fixtures, ask) {
      const { client } = await operatorWithoutOrders(fixtures);
      return ask(client);
    },
    async payments_unavailable(fixtures, ask) {
      const { client } = await operatorWithoutOrders(fixtures);
      await buyer(fixtures);
      return whileUnreachable(fixtures, "look", () => ask(client));
    },
    async rate_limited(fixtures, ask) {
      const client = fixtures.clientAt(await fixtures.newOperator(), fixtures.exhausted);
      return untilLimited(() => ask(client));
    },
  },
} satisfies Partial<Record<EndpointName, Interactions>>;
