import type { Content, EndpointName } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import type { TestApp } from "../../test-app.ts";
import { beginUpload, sendPart, uploadFile } from "../../uploading.ts";
import { NOTE, order, paidBuyer, seller } from "../demo-orders.ts";
import type { Fixtures } from "../fixtures.ts";
import { type Interactions, untilLimited } from "../interaction.ts";

const PDF = Buffer.from("%PDF-1.7\n% a moon of paper\n");
const PROGRAM = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(100)]);

/** A seller whose product has a file, and the file. */
export async function fileSeller(fixtures: Fixtures, { where, bytes = PDF }: { where?: TestApp; bytes?: Buffer } = {}) {
  const found = await seller(fixtures, where);
  const items = await uploadFile(found.client, { slug: found.slug, name: "Paper moon.pdf", bytes });
  return { ...found, id: (items.at(-1) as Content).id };
}

/** A buyer in the local demo of a product with a file. */
export async function fileBuyer(fixtures: Fixtures, { isChecked = true } = {}) {
  const { demo } = fixtures;
  const { slug, id, client } = await fileSeller(fixtures, { where: demo });
  if (isChecked) await demo.dependencies.jobWorker.run();
  const buyer = fixtures.visitor(demo);
  return { client: buyer, seller: client, ref: await order(fixtures, slug, buyer), content: id };
}

/** An upload without its last byte, or with it. */
async function begunUpload(client: Client, slug: string, { isWhole = false } = {}) {
  const begun = await beginUpload(client, { slug, name: "Paper moon.pdf", bytes: PDF });
  const path = String(begun.headers.location);
  await sendPart(client, path, { offset: 0, bytes: isWhole ? PDF : PDF.subarray(1) });
  return path.split("/").at(-1) ?? "";
}

export const fileInteractions = {
  "uploads.list": {
    success: async (fixtures, ask) => {
      const { client, slug } = await seller(fixtures);
      await begunUpload(client, slug);
      return ask(client, { params: { slug } });
    },
    "success: none": async (fixtures, ask) => {
      const { client, slug } = await seller(fixtures);
      return ask(client, { params: { slug } });
    },
  },

  "uploads.finish": {
    success: async (fixtures, ask) => {
      const { client, slug } = await seller(fixtures);
      return ask(client, { params: { id: await begunUpload(client, slug, { isWhole: true }) } });
    },
    upload_incomplete: async (fixtures, ask) => {
      const { client, slug } = await seller(fixtures);
      return ask(client, { params: { id: await begunUpload(client, slug) } });
    },
    too_many_pictures: async (fixtures, ask) => {
      const { client, slug } = await seller(fixtures);
      const add = () => beginUpload(client, { slug, name: "a.png", bytes: PDF, isPicture: true });
      const ids = await Promise.all(
        Array.from({ length: 10 }, async () => {
          const path = String((await add()).headers.location);
          await sendPart(client, path, { offset: 0, bytes: PDF });
          return path.split("/").at(-1) ?? "";
        }),
      );
      for (const id of ids.slice(1)) await client.post(`/api/uploads/${id}/finish`);
      return ask(client, { params: { id: ids[0] ?? "" } });
    },
    too_many_contents: async (fixtures, ask) => {
      const { client, slug } = await seller(fixtures);
      const id = await begunUpload(client, slug, { isWhole: true });
      for (let count = 2; count < 50; count += 1) await client.post(`/api/products/${slug}/contents`, { json: NOTE });
      return ask(client, { params: { id } });
    },
  },

  "downloads.create": {
    success: async (fixtures, ask) => {
      const { client, ref, content } = await fileBuyer(fixtures);
      return ask(client, { params: { ref }, json: { content } });
    },
    file_not_ready: async (fixtures, ask) => {
      const { client, ref, content } = await fileBuyer(fixtures, { isChecked: false });
      return ask(client, { params: { ref }, json: { content } });
    },
    access_ended: async (fixtures, ask) => {
      const { client, seller, ref, content } = await fileBuyer(fixtures);
      await seller.post(`/api/sales/${ref}/access`, { json: { hasAccess: false } });
      return ask(client, { params: { ref }, json: { content } });
    },
    rate_limited: async (fixtures, ask) => {
      const { client, ref } = await paidBuyer(fixtures);
      const json = { content: "00000000-0000-7000-8000-000000000000" };
      return untilLimited(() => ask(client, { params: { ref }, json }), 100);
    },
  },
} satisfies Partial<Record<EndpointName, Interactions>>;

/** Interactions of other endpoints with files. */
export const contentsWithFiles = {
  list: {
    "success: a file being checked": async (fixtures, ask) => {
      const { client, slug } = await fileSeller(fixtures);
      return ask(client, { params: { slug } });
    },
    "success: files": async (fixtures, ask) => {
      const { client, slug } = await fileSeller(fixtures);
      await uploadFile(client, { slug, name: "program.pdf", bytes: PROGRAM });
      await fixtures.app.dependencies.jobWorker.run();
      return ask(client, { params: { slug } });
    },
  },
  change: {
    "success: a file": async (fixtures, ask) => {
      const { client, slug, id } = await fileSeller(fixtures);
      return ask(client, { params: { slug, id }, json: { kind: "file", title: "The moon" } });
    },
    content_kind_fixed: async (fixtures, ask) => {
      const { client, slug, id } = await fileSeller(fixtures);
      return ask(client, { params: { slug, id }, json: NOTE });
    },
  },
  order: {
    "success: with a file": async (fixtures, ask) => {
      const { client, ref } = await fileBuyer(fixtures);
      return ask(client, { params: { ref } });
    },
    "success: with a file being checked": async (fixtures, ask) => {
      const { client, ref } = await fileBuyer(fixtures, { isChecked: false });
      return ask(client, { params: { ref } });
    },
  },
  sale: {
    "success: downloaded": async (fixtures, ask) => {
      const { client, seller: owner, ref, content } = await fileBuyer(fixtures);
      const { json } = await client.post<{ url: string }>(`/api/orders/${ref}/downloads`, { json: { content } });
      await client.get(json.url);
      return ask(owner, { params: { ref } });
    },
  },
  product: {
    "success: with a file": async (fixtures, ask) => {
      const { client, slug } = await fileSeller(fixtures);
      await fixtures.app.dependencies.jobWorker.run();
      return ask(client, { params: { slug } });
    },
  },
} satisfies Record<string, Interactions>;
