import { crc32, deflateSync } from "node:zlib";
import type { Picture, Problem, Product, ProductCard, PublishedProduct } from "@yumroad/contract";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type Person, type TestApp } from "../../../test/test-app.ts";
import { beginUpload, uploadFile } from "../../../test/uploading.ts";

const photo = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#a35" } }).withExif({ IFD0: { Artist: "secret" } });

/** A PNG that claims to have this size, and has a few bytes. */
function bomb(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const head = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(head));
    return Buffer.concat([length, head, sum]);
  };
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const signature = Buffer.from("89504e470d0a1a0a", "hex");
  const pixels = deflateSync(Buffer.alloc(10_000));
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

describe("pictures of a product", () => {
  let app: TestApp;
  let owner: Person;
  let jpeg: Buffer;
  beforeAll(async () => {
    app = await createTestApp();
    jpeg = await photo(2000, 1000).jpeg().toBuffer();
  });
  afterAll(() => app.close());

  async function newProduct() {
    owner = await app.signUp();
    const product = { name: "Paper moon", price: { amount: 0, currency: "EUR" } };
    return (await owner.client.post<Product>("/api/products", { json: product })).json.slug;
  }
  const prepare = () => app.dependencies.jobWorker.run();
  async function add(slug: string, bytes = jpeg, name = "moon.jpg") {
    await uploadFile(owner.client, { slug, name, bytes, isPicture: true });
    await prepare();
    return list(slug);
  }
  const list = async (slug: string) =>
    (await owner.client.get<{ items: Picture[] }>(`/api/products/${slug}/pictures`)).json.items;
  const shown = async (slug: string) => (await app.visitor().get<PublishedProduct>(`/api/products/${slug}`)).json;

  it("R154: are made in three sizes without what the camera wrote, and the first is the cover", async () => {
    const slug = await newProduct();
    const [picture] = await add(slug);
    expect(picture).toMatchObject({ name: "moon.jpg", state: "ready", alt: null });
    const { coverUrl, pictures } = await shown(slug);
    expect(coverUrl).toBe(picture?.url);
    expect(pictures).toEqual([{ url: picture?.url, width: 1280, height: 640, alt: "" }]);
    const { json } = await app.visitor().get<{ items: ProductCard[] }>("/api/products");
    expect(json.items.find((card) => card.slug === slug)?.coverUrl).toBe(coverUrl);
    for (const width of [320, 640, 1280]) {
      const { status, headers, bytes } = await app.visitor().get(String(coverUrl).replace("640", String(width)));
      expect([status, headers["content-type"]]).toEqual([200, "image/webp"]);
      expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
      const { width: made, format, exif } = await sharp(bytes).metadata();
      expect([made, format, exif]).toEqual([width, "webp", undefined]);
    }
  });

  it("are not made larger than they are, and keep moving", async () => {
    const slug = await newProduct();
    const frames = await Promise.all(
      ["#a35", "#3a5", "#35a"].map((background) =>
        sharp({ create: { width: 100, height: 50, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const gif = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    const [picture] = await add(slug, gif, "moon.gif");
    const { bytes } = await app.visitor().get(String(picture?.url));
    const { width, pages } = await sharp(bytes, { animated: true }).metadata();
    expect([width, pages]).toEqual([100, 3]);
    expect((await shown(slug)).pictures[0]).toMatchObject({ width: 100, height: 50 });
  });

  it.each([
    ["SVG that is called PNG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ["HTML with the beginning of a GIF", Buffer.from("GIF89a<script>alert(1)</script>")],
    ["a PNG that claims 3,600 million pixels", bomb(60_000, 60_000)],
    ["a PDF", Buffer.from("%PDF-1.7\n")],
  ])("R155: %s is refused, and shown to nobody", async (_what, bytes) => {
    const slug = await newProduct();
    const [picture] = await add(slug, bytes, "moon.png");
    expect(picture).toMatchObject({ state: "refused", url: null });
    expect(await shown(slug)).toMatchObject({ coverUrl: null, pictures: [] });
    expect((await app.visitor().get(`/media/${picture?.id}-640.webp`)).status).toBe(404);
  });

  it("R155: half a JPEG is refused", async () => {
    const slug = await newProduct();
    const [picture] = await add(slug, jpeg.subarray(0, jpeg.length / 2));
    expect(picture?.state).toBe("refused");
  });

  it("are put into another order, described and removed; the first one left is the cover", async () => {
    const slug = await newProduct();
    await add(slug);
    const ids = (await add(slug)).map(({ id }) => id);
    const path = `/api/products/${slug}/pictures`;
    const order = (wanted: (string | undefined)[]) =>
      owner.client.post<{ items: Picture[] }>(`/api/products/${slug}/picture-order`, { json: { ids: wanted } });
    const { json } = await order([ids[1], ids[0]]);
    expect(json.items.map(({ id }) => id)).toEqual([ids[1], ids[0]]);
    expect((await shown(slug)).coverUrl).toContain(ids[1]);
    expect((await order([ids[0]])).status).toBe(412);
    await owner.client.patch(`${path}/${ids[1]}`, { json: { alt: "A paper moon" } });
    expect((await shown(slug)).pictures[0]?.alt).toBe("A paper moon");
    await owner.client.delete(`${path}/${ids[1]}`);
    expect((await shown(slug)).coverUrl).toContain(ids[0]);
    await owner.client.delete(`${path}/${ids[0]}`);
    expect(await shown(slug)).toMatchObject({ coverUrl: null, pictures: [] });
    expect((await owner.client.delete(`${path}/${ids[0]}`)).status).toBe(404);
  });

  it("are at most nine of at most 20 MB, and take room of the store", async () => {
    const slug = await newProduct();
    const large = { slug, name: "moon.jpg", bytes: { length: 20_000_001 } as Buffer, isPicture: true };
    expect(((await beginUpload(owner.client, large)).json as Problem).code).toBe("file_too_large");
    const small = await photo(10, 10).png().toBuffer();
    for (let count = 0; count < 9; count += 1)
      await uploadFile(owner.client, { slug, name: "moon.png", bytes: small, isPicture: true });
    const more = await beginUpload(owner.client, { slug, name: "moon.png", bytes: small, isPicture: true });
    expect((more.json as Problem).code).toBe("too_many_pictures");
    expect((await owner.client.get<{ items: object[] }>(`/api/products/${slug}/contents`)).json.items).toEqual([]);
  });

  it("of another seller are not there, and their bytes go with them", async () => {
    const slug = await newProduct();
    const [picture] = await add(slug);
    const { client } = await app.signUp();
    const path = `/api/products/${slug}/pictures`;
    for (const attempt of [
      () => client.get(path),
      () => client.patch(`${path}/${picture?.id}`, { json: { alt: "Mine" } }),
      () => client.delete(`${path}/${picture?.id}`),
      () => client.post(`/api/products/${slug}/picture-order`, { json: { ids: [picture?.id] } }),
    ])
      expect((await attempt()).status).toBe(404);
    await owner.client.delete(`${path}/${picture?.id}`);
    app.clock.advance(2 * 60 * 60_000);
    await app.dependencies.workers.sweep.run();
    expect((await app.visitor().get(String(picture?.url))).status).toBe(404);
    expect(await app.dependencies.fileStorage.sizeOf(String(picture?.id))).toBeNull();
  });

  it.each(["/media/x.webp", "/media/..%2fyumroad.db"])("has no address %s", async (path) => {
    expect((await app.visitor().request({ method: "GET", path })).status).toBe(404);
  });
});
