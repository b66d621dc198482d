import type { EndpointName } from "@yumroad/contract";
import {
  accountBuyer,
  buyer,
  buyerByHand,
  endTimeToPay,
  freeBuyer,
  orderOf,
  PRICE,
  paidBuyer,
  refundedOtherAmount,
  seller,
  tokenOf,
  whileUnreachable,
  withMerchantOfRecord,
} from "../demo-orders.ts";
import { type Interactions, untilLimited } from "../interaction.ts";
import { discountedOrders } from "./discounts.ts";
import { contentsWithFiles } from "./files.ts";

const FREE = { amount: 0, currency: "EUR" };

/** A product whose price buyers name. */
const NAMED = { price: { amount: 500, currency: "EUR" }, pricing: "pay_what_you_want", suggestedAmount: 700 };

/** Answers about an order whose payment was tried without success so far. */
const notPaidYet = {
  "success: declined": async (fixtures, ask) => {
    const { client, ref } = await paidBuyer(fixtures, "decline");
    return ask(client, { params: { ref } });
  },
  "success: under way": async (fixtures, ask) => {
    const { client, ref } = await paidBuyer(fixtures, "pay_later");
    return ask(client, { params: { ref } });
  },
} satisfies Interactions;

export const orderInteractions = {
  "checkout.get": {
    success: async (fixtures, ask) => {
      const { slug } = await seller(fixtures, fixtures.demo);
      return ask(fixtures.visitor(fixtures.demo), { params: { slug } });
    },
    "success: it is free": async (fixtures, ask) => {
      const { slug } = await seller(fixtures, fixtures.demo, { price: { amount: 0, currency: "EUR" } });
      return ask(fixtures.visitor(fixtures.demo), { params: { slug } });
    },
    "success: pay what you want": async (fixtures, ask) => {
      const { slug } = await seller(fixtures, fixtures.demo, NAMED);
      return ask(fixtures.visitor(fixtures.demo), { params: { slug } });
    },
    "success: pay what you want, from nothing": async (fixtures, ask) => {
      const { slug } = await seller(fixtures, fixtures.demo, { ...NAMED, price: FREE, suggestedAmount: null });
      return ask(fixtures.visitor(fixtures.demo), { params: { slug } });
    },
    "success: pay what you want, in yen": async (fixtures, ask) => {
      const price = { amount: 500, currency: "JPY" };
      const { slug } = await seller(fixtures, fixtures.demo, { ...NAMED, price, suggestedAmount: null });
      return ask(fixtures.visitor(fixtures.demo), { params: { slug } });
    },
    "success: pay what you want, without payments": async (fixtures, ask) => {
      const { slug } = await seller(fixtures, undefined, { price: FREE, pricing: "pay_what_you_want" });
      return ask(fixtures.visitor(), { params: { slug } });
    },
    "success: with a merchant of record": async (fixtures, ask) => {
      const { slug } = await seller(fixtures, fixtures.demo);
      return withMerchantOfRecord(fixtures, () => ask(fixtures.visitor(fixtures.demo), { params: { slug } }));
    },
    "success: no payments": async (fixtures, ask) => {
      const { slug } = await seller(fixtures);
      return ask(fixtures.visitor(), { params: { slug } });
    },
  },

  "checkout.begin": {
    ...discountedOrders.begin,
    success: async (fixtures, ask) => {
      const { slug } = await seller(fixtures, fixtures.demo);
      return ask(fixtures.visitor(fixtures.demo), { params: { slug }, json: orderOf(fixtures) });
    },
    "success: it is free": async (fixtures, ask) => {
      const free = { amount: 0, currency: "EUR" };
      const { slug } = await seller(fixtures, fixtures.demo, { price: free });
      return ask(fixtures.visitor(fixtures.demo), { params: { slug }, json: orderOf(fixtures, free) });
    },
    "invalid_input: no consent": async (fixtures, ask) => {
      const { slug } = await seller(fixtures, fixtures.demo);
      const json = { ...orderOf(fixtures), hasConsented: false };
      return ask(fixtures.visitor(fixtures.demo), { params: { slug }, json });
    },
    "invalid_input: less than the least": async (fixtures, ask) => {
      const { slug } = await seller(fixtures, fixtures.demo, NAMED);
      const json = { ...orderOf(fixtures, NAMED.price), seenPricing: NAMED.pricing, amount: 499 };
      return ask(fixtures.visitor(fixtures.demo), { params: { slug }, json });
    },
    price_changed: async (fixtures, ask) => {
      const { slug } = await seller(fixtures, fixtures.demo);
      return ask(fixtures.visitor(fixtures.demo), {
        params: { slug },
        json: orderOf(fixtures, { ...PRICE, amount: 1 }),
      });
    },
    own_product: async (fixtures, ask) => {
      const { client, slug } = await seller(fixtures, fixtures.demo);
      return ask(client, { params: { slug }, json: orderOf(fixtures) });
    },
    attempt_reused: async (fixtures, ask) => {
      const { slug } = await seller(fixtures, fixtures.demo);
      const client = fixtures.visitor(fixtures.demo);
      const json = orderOf(fixtures);
      await client.post(`/api/products/${slug}/checkout`, { json });
      return ask(client, { params: { slug }, json: { ...json, email: fixtures.newEmail("grace") } });
    },
    checkout_not_set_up: async (fixtures, ask) => {
      const { slug } = await seller(fixtures);
      return ask(fixtures.visitor(), { params: { slug }, json: orderOf(fixtures) });
    },
    payments_unavailable: async (fixtures, ask) => {
      const { slug } = await seller(fixtures, fixtures.demo);
      const asked = { params: { slug }, json: orderOf(fixtures) };
      return whileUnreachable(fixtures, "begin", () => ask(fixtures.visitor(fixtures.demo), asked));
    },
    rate_limited: async (fixtures, ask) => {
      const { slug } = await seller(fixtures);
      const client = fixtures.visitor(fixtures.exhausted);
      return untilLimited(() => ask(client, { params: { slug }, json: orderOf(fixtures) }));
    },
  },

  "orders.get": {
    ...discountedOrders.get,
    ...contentsWithFiles.order,
    success: async (fixtures, ask) => {
      const { client, ref } = await paidBuyer(fixtures);
      return ask(client, { params: { ref } });
    },
    "success: not paid": async (fixtures, ask) => {
      const { client, ref } = await buyer(fixtures);
      return ask(client, { params: { ref } });
    },
    "success: it is free": async (fixtures, ask) => {
      const { client, ref } = await buyer(fixtures, { price: { amount: 0, currency: "EUR" } });
      return ask(client, { params: { ref } });
    },
    "success: paid outside of the shop": async (fixtures, ask) => {
      const { client, ref } = await buyerByHand(fixtures);
      return ask(client, { params: { ref } });
    },
    "success: paid outside of the shop, without a mail": async (fixtures, ask) => {
      const { client, ref } = await buyerByHand(fixtures, { isMailed: false });
      return ask(client, { params: { ref } });
    },
    "success: paid outside of the shop, too late": async (fixtures, ask) => {
      const { client, ref } = await buyerByHand(fixtures);
      await endTimeToPay(fixtures, ref);
      await client.post(`/api/orders/${ref}/check`);
      return ask(client, { params: { ref } });
    },
    ...notPaidYet,
    "success: another amount was refunded": async (fixtures, ask) => {
      const { client, ref } = await refundedOtherAmount(fixtures);
      return ask(client, { params: { ref } });
    },
    "success: with a merchant of record": async (fixtures, ask) => {
      const { client, ref } = await withMerchantOfRecord(fixtures, () => paidBuyer(fixtures));
      return ask(client, { params: { ref } });
    },
    "success: in trouble": async (fixtures, ask) => {
      const provider = fixtures.demo.dependencies.demoProvider;
      if (!provider) throw new Error("The demo has a provider");
      const look = provider.look;
      provider.look = async (session) => {
        const seen = await look(session);
        return seen && { ...seen, paid: { amount: 1, currency: "EUR" } };
      };
      const { client, ref } = await paidBuyer(fixtures);
      provider.look = look;
      return ask(client, { params: { ref } });
    },
  },

  "orders.open": {
    success: async (fixtures, ask) => {
      const { ref } = await paidBuyer(fixtures);
      return ask(fixtures.visitor(fixtures.demo), {
        params: { ref },
        json: { token: await tokenOf(fixtures, `/orders/${ref}#key=`) },
      });
    },
    not_found: (fixtures, ask) => ask(fixtures.visitor(), { params: { ref: "no-ref" }, json: { token: "A" } }),
    link_invalid: async (fixtures, ask) =>
      ask(fixtures.visitor(), { params: { ref: "0000000000" }, json: { token: "A".repeat(43) } }),
    rate_limited: async (fixtures, ask) => {
      const client = fixtures.visitor(fixtures.exhausted);
      return untilLimited(() => ask(client, { params: { ref: "0000000000" }, json: { token: "A".repeat(43) } }));
    },
  },

  "orders.check": {
    success: async (fixtures, ask) => {
      const { client, ref } = await paidBuyer(fixtures);
      return ask(client, { params: { ref } });
    },
    ...notPaidYet,
    "success: not paid": async (fixtures, ask) => {
      const { client, ref } = await buyer(fixtures);
      return ask(client, { params: { ref } });
    },
    rate_limited: async (fixtures, ask) => {
      const { client, ref } = await paidBuyer(fixtures, "decline");
      return untilLimited(() => ask(client, { params: { ref } }), 70);
    },
  },

  "orders.resend": {
    success: async (fixtures, ask) => {
      const { client, ref } = await paidBuyer(fixtures);
      return ask(client, { params: { ref } });
    },
    rate_limited: async (fixtures, ask) => {
      const { client, ref } = await paidBuyer(fixtures);
      return untilLimited(() => ask(client, { params: { ref } }), 10);
    },
    mail_unavailable: async (fixtures, ask) => {
      const { client, ref } = await freeBuyer(fixtures, fixtures.mailless);
      return ask(client, { params: { ref } });
    },
  },

  "orders.changeEmail": {
    success: async (fixtures, ask) => {
      const { client, ref } = await paidBuyer(fixtures);
      return ask(client, { params: { ref }, json: { email: fixtures.newEmail("grace") } });
    },
    "success: not paid": async (fixtures, ask) => {
      const { client, ref } = await buyer(fixtures);
      return ask(client, { params: { ref }, json: { email: fixtures.newEmail("grace") } });
    },
    rate_limited: async (fixtures, ask) => {
      const { client, ref } = await paidBuyer(fixtures);
      const json = { email: fixtures.newEmail("grace") };
      return untilLimited(() => ask(client, { params: { ref }, json }), 10);
    },
    mail_unavailable: async (fixtures, ask) => {
      const { client, ref } = await freeBuyer(fixtures, fixtures.mailless);
      return ask(client, { params: { ref }, json: { email: "grace@example.com" } });
    },
  },

  "orders.undoEmailChange": {
    success: async (fixtures, ask) => {
      const { client, ref } = await paidBuyer(fixtures);
      const key = await tokenOf(fixtures, `/orders/${ref}#key=`);
      await client.post(`/api/orders/${ref}/open`, { json: { token: key } });
      await client.post(`/api/orders/${ref}/email`, { json: { email: fixtures.newEmail("grace") } });
      const token = await tokenOf(fixtures, `/orders/${ref}#undo=`);
      return ask(fixtures.visitor(fixtures.demo), { params: { ref }, json: { token } });
    },
    not_found: (fixtures, ask) => ask(fixtures.visitor(), { params: { ref: "no-ref" }, json: { token: "A" } }),
    link_invalid: async (fixtures, ask) =>
      ask(fixtures.visitor(), { params: { ref: "0000000000" }, json: { token: "A".repeat(43) } }),
    rate_limited: async (fixtures, ask) => {
      const client = fixtures.visitor(fixtures.exhausted);
      return untilLimited(() => ask(client, { params: { ref: "0000000000" }, json: { token: "A".repeat(43) } }));
    },
  },

  "purchases.find": {
    success: async (fixtures, ask) => ask(fixtures.visitor(), { json: { email: fixtures.newEmail("grace") } }),
    rate_limited: (fixtures, ask) =>
      untilLimited(() => ask(fixtures.visitor(fixtures.exhausted), { json: { email: fixtures.newEmail("grace") } })),
    mail_unavailable: (fixtures, ask) =>
      ask(fixtures.visitor(fixtures.mailless), { json: { email: fixtures.newEmail("grace") } }),
  },

  "purchases.open": {
    success: async (fixtures, ask) => {
      const { ref } = await paidBuyer(fixtures);
      const { demo } = fixtures;
      const em = demo.dependencies.database.fork();
      const [order] = await em.execute<{ email: string }[]>("select email from orders where ref = ?", [ref]);
      await fixtures.visitor(demo).post("/api/purchases/find", { json: { email: order?.email } });
      await demo.dependencies.purchaseLinkWorker.run();
      return ask(fixtures.visitor(demo), { json: { token: await tokenOf(fixtures, "/find-purchases#key=") } });
    },
    link_invalid: (fixtures, ask) => ask(fixtures.visitor(), { json: { token: "A".repeat(43) } }),
    rate_limited: (fixtures, ask) =>
      untilLimited(() => ask(fixtures.visitor(fixtures.exhausted), { json: { token: "A".repeat(43) } })),
  },

  "library.list": {
    success: async (fixtures, ask) => ask((await accountBuyer(fixtures)).client),
    "success: there is more": async (fixtures, ask) => {
      const { client } = await accountBuyer(fixtures, 2);
      return ask(client, { query: "?limit=1" });
    },
    "success: nothing bought": async (fixtures, ask) => ask((await fixtures.newUser()).client),
  },
} satisfies Partial<Record<EndpointName, Interactions>>;
