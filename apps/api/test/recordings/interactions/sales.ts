import { randomUUID } from "node:crypto";
import type { EndpointName } from "@yumroad/contract";
import { demoLogin } from "../../../src/demo/demo-stores.ts";
import { insertOrders } from "../../insert-orders.ts";
import { freeBuyer, order, sold, soldByHand, soldForOtherAmount, soldTwice, whileUnreachable } from "../demo-orders.ts";
import { type Interaction, type Interactions, untilLimited } from "../interaction.ts";
import { discountedOrders } from "./discounts.ts";
import { contentsWithFiles } from "./files.ts";

const refunding =
  (more: object): Interaction =>
  async (fixtures, ask) => {
    const { seller, ref } = await sold(fixtures);
    const json = { endsAccess: false, reason: "A torn page", attempt: randomUUID(), ...more };
    return ask(seller, { params: { ref }, json });
  };

export const saleInteractions = {
  "sales.getReadiness": {
    success: async ({ demo, visitor }, ask) => ask((await demo.logIn(demoLogin, { client: visitor(demo) })).client),
    "success: everything is missing": async (fixtures, ask) => ask((await fixtures.newUser(fixtures.mailless)).client),
    not_found: async ({ ownStore, newOperator }, ask) => ask((await newOperator(ownStore)).client),
  },

  "sales.list": {
    success: async (fixtures, ask) => ask((await sold(fixtures)).seller),
    "success: there is more": async (fixtures, ask) => {
      const { seller, slug } = await sold(fixtures);
      await order(fixtures, slug, fixtures.visitor(fixtures.demo));
      return ask(seller, { query: "?limit=1" });
    },
    "success: partly refunded": async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures);
      const json = { amount: 500, endsAccess: false, reason: "", attempt: randomUUID() };
      await seller.post(`/api/sales/${ref}/refunds`, { json });
      return ask(seller, {});
    },
    "success: of one status": async (fixtures, ask) => {
      const { seller, slug } = await sold(fixtures);
      await order(fixtures, slug, fixtures.visitor(fixtures.demo));
      return ask(seller, { query: "?status=waiting" });
    },
    "success: nothing sold": async (fixtures, ask) => ask((await fixtures.newUser()).client),
  },

  "sales.summarize": {
    success: async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures);
      const json = { amount: 500, endsAccess: false, reason: "", attempt: randomUUID() };
      await seller.post(`/api/sales/${ref}/refunds`, { json });
      return ask(seller, { query: "?zone=UTC" });
    },
    "success: nothing sold": async (fixtures, ask) => ask((await fixtures.newUser()).client, { query: "?zone=UTC" }),
  },

  "sales.sumByCountry": {
    success: async (fixtures, ask) => ask((await sold(fixtures)).seller, { query: "?zone=UTC" }),
    "success: of several countries": async (fixtures, ask) => {
      const { seller, slug } = await sold(fixtures);
      const at = new Date("2025-06-01T10:00:00Z");
      const paid = (more: { country?: string; currency?: "JPY"; tax?: number; merchantOfRecord?: string }) => ({
        ...{ ref: randomUUID().replaceAll("-", "").slice(0, 10).toUpperCase(), createdAt: at, paidAt: at, total: 1190 },
        ...more,
      });
      const orders = [
        ...[paid({ country: "DE", tax: 190 }), paid({ country: "DE" }), paid({ country: "DE", currency: "JPY" })],
        ...[paid({}), paid({ country: "FR", merchantOfRecord: "Stripe" })],
        ...[paid({ country: "PT", tax: 219 }), paid({ country: "US" })],
      ];
      await insertOrders(fixtures.demo.dependencies.database, { slug, orders });
      return ask(seller, { query: "?zone=UTC" });
    },
    "success: nothing sold": async (fixtures, ask) => ask((await fixtures.newUser()).client, { query: "?zone=UTC" }),
  },

  "sales.export": {
    success: async (fixtures, ask) => ask((await sold(fixtures)).seller),
    "success: nothing sold": async (fixtures, ask) => ask((await fixtures.newUser()).client),
    invalid_input: async (fixtures, ask) => ask((await fixtures.newUser()).client, { query: "?from=yesterday" }),
    rate_limited: async (fixtures, ask) => {
      const client = fixtures.clientAt(await fixtures.newUser(), fixtures.exhausted);
      return untilLimited(() => ask(client));
    },
  },

  "sales.get": {
    ...discountedOrders.getSale,
    ...contentsWithFiles.sale,
    success: async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures);
      return ask(seller, { params: { ref } });
    },
    "success: refunded": async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures);
      const json = { amount: 1200, endsAccess: true, reason: "A torn page", attempt: randomUUID() };
      await seller.post(`/api/sales/${ref}/refunds`, { json });
      return ask(seller, { params: { ref } });
    },
    "success: being refunded": async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures);
      const json = { amount: 1200, endsAccess: false, reason: "", attempt: randomUUID() };
      await whileUnreachable(fixtures, "refund", () => seller.post(`/api/sales/${ref}/refunds`, { json }));
      return ask(seller, { params: { ref } });
    },
    "success: a refund has failed": async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures);
      const json = { amount: 1200, endsAccess: true, reason: "A torn page", attempt: randomUUID() };
      await whileUnreachable(fixtures, "refund", () => seller.post(`/api/sales/${ref}/refunds`, { json }));
      const em = fixtures.demo.dependencies.database.fork();
      const ofOrder = "order_id = (select id from orders where ref = ?)";
      await em.execute(`update refunds set state = 'failed' where ${ofOrder}`, [ref]);
      return ask(seller, { params: { ref } });
    },
    "success: not paid": async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures, { isPaid: false });
      return ask(seller, { params: { ref } });
    },
    "success: paid twice": async (fixtures, ask) => {
      const { seller, ref } = await soldTwice(fixtures);
      return ask(seller, { params: { ref } });
    },
    "success: paid another amount": async (fixtures, ask) => {
      const { seller, ref } = await soldForOtherAmount(fixtures);
      return ask(seller, { params: { ref } });
    },
    "success: paid by hand": async (fixtures, ask) => {
      const { seller, ref } = await soldByHand(fixtures);
      return ask(seller, { params: { ref } });
    },
  },

  "sales.check": {
    success: async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures);
      return ask(seller, { params: { ref } });
    },
    "success: not paid": async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures, { isPaid: false });
      return ask(seller, { params: { ref } });
    },
    payments_unavailable: async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures, { isPaid: false });
      return whileUnreachable(fixtures, "look", () => ask(seller, { params: { ref } }));
    },
  },

  "sales.markAsPaid": {
    success: async (fixtures, ask) => {
      const { seller, ref } = await soldByHand(fixtures);
      return ask(seller, { params: { ref } });
    },
    not_payable_by_hand: async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures);
      return ask(seller, { params: { ref } });
    },
  },

  "sales.refund": {
    success: refunding({ amount: 500 }),
    "success: all of it": refunding({ amount: 1200, endsAccess: true }),
    "success: the extra payment": async (fixtures, ask) => {
      const { seller, ref, extraPayment } = await soldTwice(fixtures);
      const json = { amount: 1200, extraPayment, endsAccess: false, reason: "", attempt: randomUUID() };
      return ask(seller, { params: { ref }, json });
    },
    refund_too_high: refunding({ amount: 1300 }),
    attempt_reused: async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures);
      const json = { amount: 500, endsAccess: false, reason: "", attempt: randomUUID() };
      await seller.post(`/api/sales/${ref}/refunds`, { json });
      return ask(seller, { params: { ref }, json: { ...json, amount: 400 } });
    },
    payments_unavailable: async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures);
      const json = { amount: 500, endsAccess: false, reason: "", attempt: randomUUID() };
      return whileUnreachable(fixtures, "refund", () => ask(seller, { params: { ref }, json }));
    },
  },

  "sales.changeAccess": {
    success: async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures);
      return ask(seller, { params: { ref }, json: { hasAccess: false } });
    },
  },

  "sales.resend": {
    success: async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures);
      return ask(seller, { params: { ref } });
    },
    rate_limited: async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures);
      return untilLimited(() => ask(seller, { params: { ref } }), 10);
    },
    mail_unavailable: async (fixtures, ask) => {
      const { seller, ref } = await freeBuyer(fixtures, fixtures.mailless);
      return ask(seller, { params: { ref } });
    },
  },
} satisfies Partial<Record<EndpointName, Interactions>>;
