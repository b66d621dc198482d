import { randomUUID } from "node:crypto";
import type { Content, Order, Problem, Product, PublishedProduct } from "@yumroad/contract";
import { race, tally } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type Person, type TestApp } from "../../../test/test-app.ts";

const note = (title: string, body = "Fold along the **dotted** line.") => ({ kind: "note", title, body });
const link = (body: string) => ({ kind: "link", title: "Video", body });

describe("what buyers of a product get", () => {
  let app: TestApp;
  let owner: Person;
  beforeAll(async () => {
    app = await createTestApp({ isLocalDemo: true });
    owner = await app.signUp();
  });
  afterAll(() => app.close());

  async function contentsOfNewProduct({ client } = owner) {
    const product = { name: "Paper moon", price: { amount: 0, currency: "EUR" } };
    const { json } = await client.post<Product>("/api/products", { json: product });
    return `/api/products/${json.slug}/contents`;
  }

  const add = (path: string, json: object) => owner.client.post<{ items: Content[] }>(path, { json });
  const list = (path: string) => owner.client.get<{ items: Content[] }>(path);
  const titles = (items: Content[]) => items.map(({ title }) => title);

  it("is empty at first, then has what was added, in that order, and each write answers with all of it", async () => {
    const path = await contentsOfNewProduct();
    expect((await list(path)).json).toEqual({ items: [] });
    await add(path, note("Zebra"));
    await add(path, note("Ant"));
    const { status, json } = await add(path, link("https://example.com/video?t=1#a"));
    expect([status, titles(json.items)]).toEqual([201, ["Zebra", "Ant", "Video"]]);
    expect(json.items.at(-1)).toMatchObject({ kind: "link", body: "https://example.com/video?t=1#a" });
    expect((await list(path)).json).toEqual(json);
  });

  it.each(["https:evil.example", String.raw`https:\\evil.example`])(
    "has the link %s as the address that browsers open",
    async (typed) => {
      const path = await contentsOfNewProduct();
      const { json } = await add(path, link(typed));
      expect(json.items[0]?.body).toBe("https://evil.example/");
      await owner.client.patch(`${path}/${json.items[0]?.id}`, { json: link(typed) });
      expect((await list(path)).json.items[0]?.body).toBe("https://evil.example/");
    },
  );

  it("shows on the product’s page by its titles alone, so that buyers know what they get and have to pay for it", async () => {
    const path = await contentsOfNewProduct();
    await add(path, note("Zebra", "The secret of the zebra"));
    await add(path, link("https://example.com/secret"));
    const { json, text } = await app.visitor().get<PublishedProduct>(path.replace("/contents", ""));
    expect(json.contents).toEqual([
      { kind: "note", title: "Zebra", file: null },
      { kind: "link", title: "Video", file: null },
    ]);
    expect(text).not.toContain("secret");
  });

  it("is changed in its place, into another kind as well, and removed once", async () => {
    const path = await contentsOfNewProduct();
    await add(path, note("First"));
    const { json } = await add(path, note("Second"));
    const [first, second] = json.items.map(({ id }) => `${path}/${id}`);
    const changed = await owner.client.patch<{ items: Content[] }>(String(first), {
      json: link("https://example.com/"),
    });
    expect([changed.status, titles(changed.json.items)]).toEqual([200, ["Video", "Second"]]);
    const removed = await owner.client.delete<{ items: Content[] }>(String(first));
    expect([removed.status, titles(removed.json.items)]).toEqual([200, ["Second"]]);
    expect((await owner.client.delete(String(first))).status).toBe(404);
    expect((await owner.client.patch(String(first), { json: note("Back") })).status).toBe(404);
    // The last position is free again, and what is added still comes last.
    await owner.client.delete(String(second));
    await add(path, note("Third"));
    expect(titles((await add(path, note("Fourth"))).json.items)).toEqual(["Third", "Fourth"]);
  });

  it("is put into another order, as a whole or not at all", async () => {
    const path = await contentsOfNewProduct();
    for (const title of ["First", "Second", "Third"]) await add(path, note(title));
    const ids = (await list(path)).json.items.map(({ id }) => id);
    const order = (wanted: (string | undefined)[]) =>
      owner.client.post<{ items: Content[] }>(path.replace(/contents$/, "content-order"), { json: { ids: wanted } });
    const { json } = await order([ids[2], ids[0], ids[1]]);
    expect(titles(json.items)).toEqual(["Third", "First", "Second"]);
    const stranger = "00000000-0000-7000-8000-000000000000";
    for (const wrong of [
      [ids[0], ids[1]],
      [ids[0], ids[1], ids[1]],
      [...ids, stranger],
      [ids[0], ids[1], stranger],
    ])
      expect((await order(wrong)).status).toBe(412);
    await add(path, note("Fourth"));
    expect(titles((await list(path)).json.items)).toEqual(["Third", "First", "Second", "Fourth"]);
  });

  it("has at most 50 parts, also when they are sent at once, and as many positions", async () => {
    const path = await contentsOfNewProduct();
    for (let number = 1; number <= 46; number += 1) await add(path, note(`${number}`));
    const adding = await race(8, (number) => add(path, note(`At once ${number}`)));
    expect(tally(adding)).toEqual({ 201: 4, 409: 4 });
    const { json } = await owner.client.post<Problem>(path, { json: note("One more") });
    expect(json.code).toBe("too_many_contents");
    const sql =
      "select count(distinct position) as count from contents c join products p on p.id = c.product_id where p.slug = ?";
    const [row] = await app.dependencies.database.read<{ count: number | string }>(sql, [String(path.split("/")[3])]);
    expect(Number(row?.count)).toBe(50);
  });

  it("of another seller's product is not there: it can be neither read nor written, by no address", async () => {
    const path = await contentsOfNewProduct();
    const { json } = await add(path, note("Mine"));
    const id = json.items[0]?.id;
    const other = await app.signUp();
    const own = await contentsOfNewProduct(other);
    const tries = [
      () => other.client.get(path),
      () => other.client.post(path, { json: note("Theirs") }),
      () => other.client.patch(`${path}/${id}`, { json: note("Theirs") }),
      () => other.client.delete(`${path}/${id}`),
      // By the address of a product of theirs.
      () => other.client.patch(`${own}/${id}`, { json: note("Theirs") }),
      () => other.client.delete(`${own}/${id}`),
    ];
    for (const attempt of tries) expect((await attempt()).status).toBe(404);
    expect((await list(path)).json).toEqual(json);
  });

  it.each([
    "javascript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "http://example.com/video",
    "https://user:pass@example.com/video",
    "https://user@example.com/video",
    "//example.com/video",
    "/video",
    "example.com",
    "https://",
  ])("as a link, %s is refused at its field", async (address) => {
    const path = await contentsOfNewProduct();
    const { status, json } = await owner.client.post<Problem>(path, { json: link(address) });
    expect([status, json.issues?.map((issue) => issue.path)]).toEqual([422, [["body"]]]);
    await add(path, link("https://example.com/"));
    const { json: known } = await list(path);
    const change = await owner.client.patch(`${path}/${known.items[0]?.id}`, { json: link(address) });
    expect(change.status).toBe(422);
    expect((await list(path)).json).toEqual(known);
  });

  it("is the newest for those who have bought: changed, and without what was removed", async () => {
    const path = await contentsOfNewProduct();
    await add(path, note("Kept", "Before"));
    const { json } = await add(path, note("Removed"));
    const [kept, gone] = json.items.map(({ id }) => `${path}/${id}`);
    const buyer = app.visitor();
    const { json: begun } = await buyer.post<{ ref: string }>(path.replace(/contents$/, "checkout"), {
      json: {
        email: "buyer@example.com",
        seenPrice: { amount: 0, currency: "EUR" },
        hasConsented: true,
        attempt: randomUUID(),
      },
    });
    const bought = async () => (await buyer.get<Order>(`/api/orders/${begun.ref}`)).json.contents;
    expect(titles(await bought())).toEqual(["Kept", "Removed"]);
    await owner.client.patch(String(kept), { json: note("Kept", "# After\n\n**all**") });
    await owner.client.delete(String(gone));
    expect(await bought()).toMatchObject([
      {
        title: "Kept",
        body: "# After\n\n**all**",
        bodyHtml: '<h4 data-level="1">After</h4><p><strong>all</strong></p>',
      },
    ]);
  });
});
