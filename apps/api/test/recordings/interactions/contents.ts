import type { EndpointName, Product } from "@yumroad/contract";
import { LINK, NOTE, PRICE, seller } from "../demo-orders.ts";
import type { Asked, Interaction, Interactions } from "../interaction.ts";
import { contentsWithFiles } from "./files.ts";

const forOwn =
  (more: Asked = {}): Interaction =>
  async (fixtures, ask) => {
    const { client, slug, id } = await seller(fixtures);
    return ask(client, { params: { slug, id }, ...more });
  };

export const contentInteractions = {
  "contents.list": {
    success: forOwn(),
    ...contentsWithFiles.list,
    "success: nothing yet": async (fixtures, ask) => {
      const { client } = await fixtures.newUser();
      const { json } = await client.post<Product>("/api/products", { json: { name: "Paper moon", price: PRICE } });
      return ask(client, { params: { slug: json.slug } });
    },
  },

  "contents.create": {
    success: forOwn({ json: NOTE }),
    "success: a link": forOwn({ json: LINK }),
    "invalid_input: no https": forOwn({ json: { ...LINK, body: "javascript:alert(1)" } }),
    too_many_contents: async (fixtures, ask) => {
      const { client, slug } = await seller(fixtures);
      for (let count = 2; count < 50; count += 1) await client.post(`/api/products/${slug}/contents`, { json: NOTE });
      return ask(client, { params: { slug }, json: NOTE });
    },
  },

  "contents.change": { success: forOwn({ json: { ...NOTE, title: "Thanks" } }), ...contentsWithFiles.change },

  "contents.reorder": {
    success: async (fixtures, ask) => {
      const { client, slug } = await seller(fixtures);
      const { json } = await client.get<{ items: { id: string }[] }>(`/api/products/${slug}/contents`);
      return ask(client, { params: { slug }, json: { ids: json.items.map(({ id }) => id).reverse() } });
    },
    version_conflict: forOwn({ json: { ids: [] } }),
  },

  "contents.remove": { success: forOwn() },
} satisfies Partial<Record<EndpointName, Interactions>>;
