import { type EndpointName, MAX_AMOUNT, type NewProduct, type Product, type ProductChange } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { whoIs } from "../../test-app.ts";
import { LINK, NOTE } from "../demo-orders.ts";
import type { Fixtures } from "../fixtures.ts";
import { type Interaction, type Interactions, untilLimited } from "../interaction.ts";
import { toBeDeleted } from "./accounts.ts";
import { contentsWithFiles } from "./files.ts";
import { productWithPictures } from "./pictures.ts";

const PRODUCT = {
  name: "Paper moon",
  description: "A moon to **fold**, with instructions.",
  price: { amount: 1200, currency: "EUR" },
};

/** Terms of a product whose price buyers name. */
const NAMED = { pricing: "pay_what_you_want", suggestedAmount: 1500 } as const;

export interface Seller {
  client: Client;
  slug: string;
  version: string;
}

/** A seller with a product: its slug, and the value of `If-Match`. */
export async function seller({ newUser }: Fixtures, more: Partial<NewProduct> = {}): Promise<Seller> {
  const { client } = await newUser();
  const { json, headers } = await client.post<Product>("/api/products", { json: { ...PRODUCT, ...more } });
  return { client, slug: json.slug, version: String(headers.etag) };
}

/** A seller with an archived product. */
export async function archivist(fixtures: Fixtures): Promise<Seller> {
  const { client, slug, version } = await seller(fixtures);
  const change = { json: { status: "archived" }, headers: { "If-Match": version } };
  const { headers } = await client.patch(`/api/products/${slug}`, change);
  return { client, slug, version: String(headers.etag) };
}

/** A seller whose product the operator has taken down. */
async function takenDown(fixtures: Fixtures): Promise<Seller> {
  const { client, slug } = await seller(fixtures);
  const json = { reason: "It is not the seller’s own work" };
  await fixtures.operatorBystander.client.post(`/api/operator/products/${slug}/take-down`, { json });
  const { headers } = await client.get(`/api/me/products/${slug}`);
  return { client, slug, version: String(headers.etag) };
}

/** A seller with a draft in forints whose price has to be checked, as a migration leaves it. */
async function forintSeller(fixtures: Fixtures): Promise<Seller> {
  const found = await seller(fixtures, { status: "draft", price: { amount: 199_000, currency: "HUF" } });
  const sql = "update products set needs_price_check = true where slug = ?";
  await fixtures.app.dependencies.database.fork().execute(sql, [found.slug]);
  return found;
}

/** A seller changes a product. */
const changing =
  (json: ProductChange): Interaction =>
  async (fixtures, ask) => {
    const { client, slug, version } = await seller(fixtures);
    return ask(client, { params: { slug }, json, headers: { "If-Match": version } });
  };

export async function secondPage(client: Client, path: string): Promise<string> {
  const { json } = await client.get<{ nextCursor: string }>(`${path}?limit=2`);
  return `?limit=2&cursor=${json.nextCursor}`;
}

export const productInteractions = {
  "products.list": {
    success: async (fixtures, ask) => {
      const client = fixtures.visitor(fixtures.gallery);
      return ask(client, { query: await secondPage(client, "/api/products") });
    },
    "success: there is more": (fixtures, ask) => ask(fixtures.visitor(fixtures.gallery), { query: "?limit=2" }),
    "success: all of them": (fixtures, ask) => ask(fixtures.visitor(fixtures.gallery)),
    "success: nothing is found": (fixtures, ask) => ask(fixtures.visitor(fixtures.gallery), { query: "?q=zeppelin" }),
  },

  "products.get": {
    ...contentsWithFiles.product,
    ...productWithPictures,
    success: (fixtures, ask) => ask(fixtures.visitor(fixtures.gallery), { params: { slug: "paper-moon" } }),
    "success: pay what you want": async (fixtures, ask) => {
      const { client, slug } = await seller(fixtures, NAMED);
      return ask(client, { params: { slug } });
    },
    "success: with a note and a link": async (fixtures, ask) => {
      const { client, slug } = await seller(fixtures);
      for (const json of [NOTE, LINK]) await client.post(`/api/products/${slug}/contents`, { json });
      return ask(client, { params: { slug } });
    },
  },

  "products.create": {
    success: async (fixtures, ask) => ask((await fixtures.newUser()).client, { json: PRODUCT }),
    "success: a draft": async (fixtures, ask) =>
      ask((await fixtures.newUser()).client, { json: { ...PRODUCT, status: "draft" } }),
    "success: pay what you want": async (fixtures, ask) =>
      ask((await fixtures.newUser()).client, {
        json: { ...PRODUCT, ...NAMED },
      }),
    "invalid_input: a price that is too high": async (fixtures, ask) =>
      ask((await fixtures.newUser()).client, {
        json: { ...PRODUCT, price: { amount: MAX_AMOUNT + 1, currency: "EUR" } },
      }),
    "invalid_input: a price that is too low": async (fixtures, ask) =>
      ask((await fixtures.newUser()).client, { json: { ...PRODUCT, price: { amount: 49, currency: "EUR" } } }),
    taken_down: async (fixtures, ask) => {
      const { client } = await fixtures.newUser();
      const path = `/api/operator/stores/${(await whoIs(client))?.store?.handle}/take-down`;
      await fixtures.operatorBystander.client.post(path, { json: { reason: "It sells what is not the seller’s" } });
      return ask(client, { json: PRODUCT });
    },
    deletion_pending: async (fixtures, ask) => ask((await toBeDeleted(fixtures)).client, { json: PRODUCT }),
    rate_limited: async (fixtures, ask) => {
      const client = fixtures.clientAt(await fixtures.newUser(), fixtures.exhausted);
      return untilLimited(() => ask(client, { json: PRODUCT }));
    },
  },

  "products.update": {
    success: changing({ name: "Paper sun" }),
    "success: pay what you want": changing(NAMED),
    "success: it becomes a draft": changing({ status: "draft" }),
    "success: it is archived": changing({ status: "archived" }),
    "success: it is archived, in francs": changing({
      status: "archived",
      price: { amount: 900, currency: "CHF" },
    }),
    "success: it is taken down": async (fixtures, ask) => {
      const { client, slug, version } = await takenDown(fixtures);
      return ask(client, { params: { slug }, json: { name: "Paper sun" }, headers: { "If-Match": version } });
    },
    "success: its price is checked": async (fixtures, ask) => {
      const { client, slug, version } = await forintSeller(fixtures);
      const json = { price: { amount: 250_000, currency: "HUF" }, status: "published" };
      return ask(client, { params: { slug }, json, headers: { "If-Match": version } });
    },
    "invalid_input: its price has to be checked": async (fixtures, ask) => {
      const { client, slug, version } = await forintSeller(fixtures);
      return ask(client, { params: { slug }, json: { status: "published" }, headers: { "If-Match": version } });
    },
    taken_down: async (fixtures, ask) => {
      const { client, slug, version } = await takenDown(fixtures);
      return ask(client, { params: { slug }, json: { status: "published" }, headers: { "If-Match": version } });
    },
    deletion_pending: async (fixtures, ask) => {
      const { client } = await toBeDeleted(fixtures);
      const { json, headers } = await client.post<Product>("/api/products", { json: { ...PRODUCT, status: "draft" } });
      const version = String(headers.etag);
      return ask(client, {
        params: { slug: json.slug },
        json: { status: "published" },
        headers: { "If-Match": version },
      });
    },
    precondition_required: async (fixtures, ask) => {
      const { client, slug } = await seller(fixtures);
      return ask(client, { params: { slug }, json: { name: "Paper sun" } });
    },
    version_conflict: async (fixtures, ask) => {
      const { client, slug, version } = await seller(fixtures);
      const change = { params: { slug }, json: { name: "Paper sun" }, headers: { "If-Match": version } };
      await ask(client, change);
      return ask(client, change);
    },
    rate_limited: async (fixtures, ask) => {
      const { client, slug, version } = await seller(fixtures);
      const exhausted = fixtures.clientAt({ client }, fixtures.exhausted);
      const change = { params: { slug }, json: { name: "Paper sun" }, headers: { "If-Match": version } };
      return untilLimited(() => ask(exhausted, change));
    },
  },

  "products.delete": {
    success: async (fixtures, ask) => {
      const { client, slug } = await seller(fixtures);
      return ask(client, { params: { slug } });
    },
  },

  "products.listOwn": {
    success: async (fixtures, ask) => ask((await seller(fixtures)).client),
    "success: there is more": async (fixtures, ask) => {
      const { client } = await seller(fixtures);
      await client.post("/api/products", { json: { ...PRODUCT, name: "Field notes", status: "draft" } });
      return ask(client, { query: "?limit=1" });
    },
    "success: pay what you want": async (fixtures, ask) => ask((await seller(fixtures, NAMED)).client),
    "success: one is a draft": async (fixtures, ask) => ask((await seller(fixtures, { status: "draft" })).client),
    "success: one is archived": async (fixtures, ask) => ask((await archivist(fixtures)).client),
    "success: one is taken down": async (fixtures, ask) => ask((await takenDown(fixtures)).client),
    "success: in every status": async (fixtures, ask) => {
      const { client } = await archivist(fixtures);
      await client.post("/api/products", { json: { ...PRODUCT, name: "Field notes", status: "draft" } });
      await client.post("/api/products", { json: { ...PRODUCT, name: "Paper boat" } });
      return ask(client);
    },
    "success: there are none": async (fixtures, ask) => ask((await fixtures.newUser()).client),
  },

  "products.getOwn": {
    success: async (fixtures, ask) => {
      const { client, slug } = await seller(fixtures);
      return ask(client, { params: { slug } });
    },
    "success: pay what you want": async (fixtures, ask) => {
      const { client, slug } = await seller(fixtures, NAMED);
      return ask(client, { params: { slug } });
    },
    "success: in francs": async (fixtures, ask) => {
      const { client, slug } = await seller(fixtures, { price: { amount: 1205, currency: "CHF" } });
      return ask(client, { params: { slug } });
    },
    "success: a draft": async (fixtures, ask) => {
      const { client, slug } = await seller(fixtures, { status: "draft" });
      return ask(client, { params: { slug } });
    },
    "success: archived": async (fixtures, ask) => {
      const { client, slug } = await archivist(fixtures);
      return ask(client, { params: { slug } });
    },
    "success: its price has to be checked": async (fixtures, ask) => {
      const { client, slug } = await forintSeller(fixtures);
      return ask(client, { params: { slug } });
    },
    "success: taken down": async (fixtures, ask) => {
      const { client, slug } = await takenDown(fixtures);
      return ask(client, { params: { slug } });
    },
  },
} satisfies Partial<Record<EndpointName, Interactions>>;
