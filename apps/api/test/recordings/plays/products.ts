import { type EndpointName, MAX_AMOUNT, type NewProduct, type Product, type ProductChange } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { type Play, type Plays, untilLimited } from "../play.ts";
import type { Stage } from "../stage.ts";

const PRODUCT = {
  name: "Paper moon",
  description: "A moon to **fold**, with instructions.",
  price: { amount: 1200, currency: "EUR" },
};

interface Seller {
  client: Client;
  slug: string;
  version: string;
}

/** A seller with a product: its slug, and what `If-Match` has to say of it. */
async function seller({ someone }: Stage, more: Partial<NewProduct> = {}): Promise<Seller> {
  const { client } = await someone();
  const { json, headers } = await client.post<Product>("/api/products", { json: { ...PRODUCT, ...more } });
  return { client, slug: json.slug, version: String(headers.etag) };
}

/** A seller whose product is archived. */
async function archivist(stage: Stage): Promise<Seller> {
  const { client, slug, version } = await seller(stage);
  const change = { json: { status: "archived" }, headers: { "If-Match": version } };
  const { headers } = await client.patch(`/api/products/${slug}`, change);
  return { client, slug, version: String(headers.etag) };
}

/** A seller changes a product. */
const changing =
  (json: ProductChange): Play =>
  async (stage, ask) => {
    const { client, slug, version } = await seller(stage);
    return ask(client, { params: { slug }, json, headers: { "If-Match": version } });
  };

async function secondPage(client: Client, path: string): Promise<string> {
  const { json } = await client.get<{ nextCursor: string }>(`${path}?limit=2`);
  return `?limit=2&cursor=${json.nextCursor}`;
}

export const productPlays = {
  "products.list": {
    success: async (stage, ask) => {
      const client = stage.visitor(stage.gallery);
      return ask(client, { query: await secondPage(client, "/api/products") });
    },
    "success: there is more": (stage, ask) => ask(stage.visitor(stage.gallery), { query: "?limit=2" }),
    "success: all of them": (stage, ask) => ask(stage.visitor(stage.gallery)),
    "success: nothing is found": (stage, ask) => ask(stage.visitor(stage.gallery), { query: "?q=zeppelin" }),
  },

  "products.get": {
    success: (stage, ask) => ask(stage.visitor(stage.gallery), { params: { slug: "paper-moon" } }),
  },

  "products.create": {
    success: async (stage, ask) => ask((await stage.someone()).client, { json: PRODUCT }),
    "success: a draft": async (stage, ask) =>
      ask((await stage.someone()).client, { json: { ...PRODUCT, status: "draft" } }),
    "invalid_input: a price that is too high": async (stage, ask) =>
      ask((await stage.someone()).client, {
        json: { ...PRODUCT, price: { amount: MAX_AMOUNT + 1, currency: "EUR" } },
      }),
    rate_limited: async (stage, ask) => {
      const client = stage.elsewhere(await stage.someone(), stage.exhausted);
      return untilLimited(() => ask(client, { json: PRODUCT }));
    },
  },

  "products.update": {
    success: changing({ name: "Paper sun" }),
    "success: it becomes a draft": changing({ status: "draft" }),
    "success: it is archived": changing({ status: "archived" }),
    "success: it is archived, in francs": changing({
      status: "archived",
      price: { amount: 900, currency: "CHF" },
    }),
    precondition_required: async (stage, ask) => {
      const { client, slug } = await seller(stage);
      return ask(client, { params: { slug }, json: { name: "Paper sun" } });
    },
    version_conflict: async (stage, ask) => {
      const { client, slug, version } = await seller(stage);
      const change = { params: { slug }, json: { name: "Paper sun" }, headers: { "If-Match": version } };
      await ask(client, change);
      return ask(client, change);
    },
    rate_limited: async (stage, ask) => {
      const { client, slug, version } = await seller(stage);
      const exhausted = stage.elsewhere({ client }, stage.exhausted);
      const change = { params: { slug }, json: { name: "Paper sun" }, headers: { "If-Match": version } };
      return untilLimited(() => ask(exhausted, change));
    },
  },

  "products.delete": {
    success: async (stage, ask) => {
      const { client, slug } = await seller(stage);
      return ask(client, { params: { slug } });
    },
  },

  "products.listOwn": {
    success: async (stage, ask) => ask((await seller(stage)).client),
    "success: there is more": async (stage, ask) => {
      const { client } = await seller(stage);
      await client.post("/api/products", { json: { ...PRODUCT, name: "Field notes", status: "draft" } });
      return ask(client, { query: "?limit=1" });
    },
    "success: one is a draft": async (stage, ask) => ask((await seller(stage, { status: "draft" })).client),
    "success: one is archived": async (stage, ask) => ask((await archivist(stage)).client),
    "success: there are none": async (stage, ask) => ask((await stage.someone()).client),
  },

  "products.getOwn": {
    success: async (stage, ask) => {
      const { client, slug } = await seller(stage);
      return ask(client, { params: { slug } });
    },
    "success: in francs": async (stage, ask) => {
      const { client, slug } = await seller(stage, { price: { amount: 1205, currency: "CHF" } });
      return ask(client, { params: { slug } });
    },
    "success: a draft": async (stage, ask) => {
      const { client, slug } = await seller(stage, { status: "draft" });
      return ask(client, { params: { slug } });
    },
    "success: archived": async (stage, ask) => {
      const { client, slug } = await archivist(stage);
      return ask(client, { params: { slug } });
    },
  },

  "stores.get": {
    success: async (stage, ask) => {
      const client = stage.visitor(stage.gallery);
      const query = await secondPage(client, "/api/stores/ada-lovelace");
      return ask(client, { params: { handle: "ada-lovelace" }, query });
    },
    "success: there is more": (stage, ask) =>
      ask(stage.visitor(stage.gallery), { params: { handle: "ada-lovelace" }, query: "?limit=2" }),
    "success: nothing is for sale": async (stage, ask) => {
      const { user } = await stage.someone();
      return ask(stage.visitor(), { params: { handle: user.store.handle } });
    },
  },
} satisfies Partial<Record<EndpointName, Plays>>;
