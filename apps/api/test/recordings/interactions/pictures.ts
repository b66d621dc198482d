import type { EndpointName, Picture } from "@yumroad/contract";
import sharp from "sharp";
import { uploadFile } from "../../uploading.ts";
import { seller } from "../demo-orders.ts";
import type { Fixtures } from "../fixtures.ts";
import type { Asked, Interaction, Interactions } from "../interaction.ts";

/** A seller whose product has two pictures, one that is refused, and one that is being prepared. */
async function pictureSeller(fixtures: Fixtures) {
  const found = await seller(fixtures);
  const { client, slug } = found;
  const picture = await sharp({ create: { width: 800, height: 600, channels: 3, background: "#a35" } })
    .png()
    .toBuffer();
  const add = (bytes: Buffer) => uploadFile(client, { slug, name: "Paper moon.png", bytes, isPicture: true });
  await add(picture);
  await add(picture);
  await add(Buffer.from("<svg/>"));
  await fixtures.app.dependencies.jobWorker.run();
  await add(picture);
  const { json } = await client.get<{ items: Picture[] }>(`/api/products/${slug}/pictures`);
  return { client, slug, ids: json.items.map(({ id }) => id) };
}

const forOwn =
  (more: (ids: string[]) => Asked = () => ({})): Interaction =>
  async (fixtures, ask) => {
    const { client, slug, ids } = await pictureSeller(fixtures);
    return ask(client, { params: { slug, id: ids[0] ?? "" }, ...more(ids) });
  };

export const pictureInteractions = {
  "pictures.list": {
    success: forOwn(),
    "success: none": async (fixtures, ask) => {
      const { client, slug } = await seller(fixtures);
      return ask(client, { params: { slug } });
    },
  },
  "pictures.reorder": {
    success: forOwn((ids) => ({ json: { ids: ids.toReversed() } })),
    version_conflict: forOwn(() => ({ json: { ids: [] } })),
  },
  "pictures.change": { success: forOwn(() => ({ json: { alt: "A moon of paper" } })) },
  "pictures.remove": { success: forOwn() },
} satisfies Partial<Record<EndpointName, Interactions>>;

/** The page of a product with pictures. */
export const productWithPictures: Interactions = {
  "success: with pictures": async (fixtures, ask) => {
    const { client, slug } = await pictureSeller(fixtures);
    return ask(client, { params: { slug } });
  },
};
