import { randomUUID } from "node:crypto";
import type { Discount, EndpointName } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { orderOf, PRICE, seller } from "../demo-orders.ts";
import type { Fixtures } from "../fixtures.ts";
import { type Asked, type Interaction, type Interactions, untilLimited } from "../interaction.ts";

const QUARTER = { kind: "percent", percent: 25 };
const DAY = 86_400_000;

async function make(client: Client, more: object = {}): Promise<Discount> {
  const { json } = await client.post<Discount>("/api/discounts", { json: { code: "SPRING25", off: QUARTER, ...more } });
  return json;
}

/** A seller in the local demo with a code, and how their buyers order with it. */
async function sellerWithCode(fixtures: Fixtures, more: object = {}) {
  const { client, slug } = await seller(fixtures, fixtures.demo);
  const discount = await make(client, more);
  const seenTotal = discount.off.kind === "percent" ? PRICE.amount * (1 - discount.off.percent / 100) : 0;
  const order = () => ({ ...orderOf(fixtures), discount: { code: discount.code, seenTotal } });
  return { client, slug, discount, order };
}

const forOwn =
  (more: Asked = {}): Interaction =>
  async (fixtures, ask) => {
    const { client } = await seller(fixtures);
    const { id } = await make(client);
    return ask(client, { params: { id }, ...more });
  };

const newCode =
  (more: object, before: readonly object[] = []): Interaction =>
  async (fixtures, ask) => {
    const { client } = await seller(fixtures);
    for (const json of before) await make(client, json);
    return ask(client, { json: { code: "SPRING25", off: QUARTER, ...more } });
  };

export const discountInteractions = {
  "checkout.quote": {
    success: async (fixtures, ask) => {
      const { slug } = await sellerWithCode(fixtures);
      return ask(fixtures.visitor(fixtures.demo), { params: { slug }, json: { code: "spring25" } });
    },
    "success: it is free": async (fixtures, ask) => {
      const { slug } = await sellerWithCode(fixtures, { off: { kind: "percent", percent: 100 } });
      return ask(fixtures.visitor(fixtures.demo), { params: { slug }, json: { code: "spring25" } });
    },
    "invalid_input: no code": async (fixtures, ask) => {
      const { slug } = await seller(fixtures);
      return ask(fixtures.visitor(), { params: { slug }, json: { code: " " } });
    },
    discount_invalid: async (fixtures, ask) => {
      const { slug } = await seller(fixtures);
      return ask(fixtures.visitor(), { params: { slug }, json: { code: "GUESS" } });
    },
    discount_used_up: async (fixtures, ask) => {
      const { slug, order } = await sellerWithCode(fixtures, { maxUses: 1 });
      const buyer = fixtures.visitor(fixtures.demo);
      await buyer.post(`/api/products/${slug}/checkout`, { json: order() });
      return ask(buyer, { params: { slug }, json: { code: "spring25" } });
    },
    rate_limited: async (fixtures, ask) => {
      const { slug } = await seller(fixtures);
      const client = fixtures.visitor(fixtures.exhausted);
      return untilLimited(() => ask(client, { params: { slug }, json: { code: "GUESS" } }));
    },
  },

  "discounts.list": {
    success: async (fixtures, ask) => {
      const { client, slug } = await seller(fixtures);
      const amount = { amount: 500, currency: "EUR" };
      await make(client, { code: "FIVE", off: { kind: "amount", amount }, maxUses: 100, products: [slug] });
      const { id } = await make(client);
      await client.post(`/api/discounts/${id}/end`);
      const startsAt = new Date(fixtures.demo.clock.now() + DAY).toISOString();
      await make(client, { code: "SOON", perBuyer: 1, startsAt });
      return ask(client);
    },
    "success: none": async (fixtures, ask) => ask((await seller(fixtures)).client),
  },

  "discounts.create": {
    success: newCode({}),
    "invalid_input: percent": newCode({ off: { kind: "percent", percent: 101 } }),
    code_taken: newCode({ code: " spring25 " }, [{}]),
    not_found: async ({ ownStore, newOperator }, ask) =>
      ask((await newOperator(ownStore)).client, { json: { code: "SPRING25", off: QUARTER } }),
  },

  "discounts.change": { success: forOwn({ json: { maxUses: 10 } }) },

  "discounts.end": { success: forOwn() },
} satisfies Partial<Record<EndpointName, Interactions>>;

/** What a code adds to the answers about orders. */
export const discountedOrders = {
  begin: {
    "success: with a code": async (fixtures, ask) => {
      const { slug, order } = await sellerWithCode(fixtures);
      return ask(fixtures.visitor(fixtures.demo), { params: { slug }, json: order() });
    },
    discount_invalid: async (fixtures, ask) => {
      const { slug } = await seller(fixtures, fixtures.demo);
      const json = { ...orderOf(fixtures), discount: { code: "GUESS", seenTotal: 1 } };
      return ask(fixtures.visitor(fixtures.demo), { params: { slug }, json });
    },
    discount_used_up: async (fixtures, ask) => {
      const { slug, order } = await sellerWithCode(fixtures, { maxUses: 1 });
      const buyer = fixtures.visitor(fixtures.demo);
      await buyer.post(`/api/products/${slug}/checkout`, { json: order() });
      return ask(buyer, { params: { slug }, json: { ...order(), attempt: randomUUID() } });
    },
  },
  get: {
    "success: with a code": async (fixtures, ask) => {
      const { client, ref } = await buyWithCode(fixtures);
      return ask(client, { params: { ref } });
    },
  },
  getSale: {
    "success: with a code": async (fixtures, ask) => {
      const { seller, ref } = await buyWithCode(fixtures);
      return ask(seller, { params: { ref } });
    },
  },
} satisfies Record<string, Interactions>;

async function buyWithCode(fixtures: Fixtures) {
  const { client: seller, slug, order } = await sellerWithCode(fixtures);
  const client = fixtures.visitor(fixtures.demo);
  const path = `/api/products/${slug}/checkout`;
  const { json } = await client.post<{ ref: string; payAt: string }>(path, { json: order() });
  const session = json.payAt.split("/").at(-1);
  await client.post(`/api/demo-payments/${session}`, { json: { outcome: "pay", isUntold: true } });
  await client.post(`/api/orders/${json.ref}/check`);
  return { seller, client, ref: json.ref };
}
