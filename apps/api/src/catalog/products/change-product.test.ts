import type { Product } from "@yumroad/contract";
import { createLatch, race, statusesOf } from "@yumroad/testkit";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestApp, describeOnEachStore, type Person, type TestApp } from "../../../test/test-app.ts";

const price = { amount: 1900, currency: "EUR" };

describeOnEachStore("changing a product", (store) => {
  let app: TestApp;
  let owner: Person;
  beforeAll(async () => {
    app = await createTestApp({ sessions: store });
    owner = await app.signUp();
  });
  afterAll(() => app.close());

  async function listed(name = "Field notes") {
    const { json, headers } = await owner.client.post<Product>("/api/products", { json: { name, price } });
    return { slug: json.slug, tag: String(headers.etag) };
  }

  const change = (slug: string, json: object, tag: string | null, person = owner) =>
    person.client.patch<Product>(`/api/products/${slug}`, { json, headers: { "If-Match": tag } });

  it("changes what is given, leaves the rest, keeps the address, and gives the new version", async () => {
    const { slug, tag } = await listed();
    app.clock.advance("1h");
    const answer = await change(slug, { name: "Other notes", price: { amount: 0, currency: "USD" } }, tag);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      slug,
      name: "Other notes",
      price: { amount: 0, currency: "USD" },
      status: "published",
    });
    expect(answer.json.updatedAt > answer.json.createdAt).toBe(true);
    expect(answer.headers.etag).not.toBe(tag);
    expect((await owner.client.get(`/api/me/products/${slug}`)).headers.etag).toBe(answer.headers.etag);
    expect((await app.visitor().get<Product>(`/api/products/${slug}`)).json.name).toBe("Other notes");
    expect((await app.visitor().get<{ items: unknown[] }>("/api/products?q=other%20notes")).json.items).toHaveLength(1);
  });

  it("of two who have both looked before either wrote, one takes effect", async () => {
    const { slug, tag } = await listed("Notes for both");
    const { database } = app.dependencies;
    const fork = database.fork.bind(database);
    const bothHaveLooked = createLatch();
    database.fork = () => {
      const em = fork();
      const write = em.nativeUpdate.bind(em);
      const inTime = async (...given: Parameters<typeof write>) => {
        await bothHaveLooked.wait();
        return write(...given);
      };
      return Object.assign(em, { nativeUpdate: inTime });
    };
    const changing = race(2, (number) => change(slug, { name: `Number ${number} of them` }, tag));
    await bothHaveLooked.arrived(2);
    bothHaveLooked.open();
    const outcomes = await changing;
    database.fork = fork;
    const statuses = statusesOf(outcomes);
    expect(statuses.toSorted()).toEqual([200, 412]);
  });

  it("of twenty at once on one version, one takes effect", async () => {
    const { slug, tag } = await listed("Notes for twenty");
    const outcomes = await race(20, (number) => change(slug, { name: `Number ${number} of them` }, tag));
    const statuses = statusesOf(outcomes);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 412)).toHaveLength(19);
  });

  it("a product that was deleted and made again under its name is another one", async () => {
    const { slug, tag } = await listed("Notes made twice");
    expect((await owner.client.delete(`/api/products/${slug}`)).status).toBe(204);
    const again = await listed("Notes made twice");
    expect(again.slug).toBe(slug);
    expect((await change(slug, { name: "Meant for the first" }, tag)).status).toBe(412);
  });

  it("needs a version: none, a star or no tag at all is 428; a weakened tag counts", async () => {
    const { slug, tag } = await listed("Notes and tags");
    for (const odd of [null, "*", "", "nonsense"])
      expect((await change(slug, { name: "Renamed" }, odd)).status).toBe(428);
    expect((await change(slug, { name: "Renamed" }, '"999"')).status).toBe(412);
    expect((await change(slug, { name: "Renamed" }, `W/${tag}`)).status).toBe(200);
  });

  it("takes a draft, a published and an archived one off the shelf and back", async () => {
    const { slug, tag } = await listed("Notes on a shelf");
    let version: string = tag;
    for (const [status, isPublic] of [
      ["draft", 404],
      ["archived", 404],
      ["published", 200],
    ] as const) {
      const answer = await change(slug, { status }, version);
      version = String(answer.headers.etag);
      expect(answer.json.status).toBe(status);
      expect((await app.visitor().get(`/api/products/${slug}`)).status).toBe(isPublic);
      expect((await owner.client.get<Product>(`/api/me/products/${slug}`)).json.status).toBe(status);
    }
  });

  it.each([
    {},
    { name: "   " },
    { name: null },
    { price: { amount: -1, currency: "EUR" } },
    { status: "sold" },
    { slug: "another" },
    { version: 1 },
    { store: "another" },
  ])("refuses %j", async (json) => {
    const { slug, tag } = await listed("Notes to refuse");
    expect((await change(slug, json, tag)).status).toBe(422);
  });

  it("M14: is for its owner: for others it is not there, whatever they send", async () => {
    const { slug, tag } = await listed("Not your notes");
    const other = await app.signUp();
    const refused = [
      await change(slug, { name: "Stolen notes" }, tag, other),
      await change(slug, { name: "Stolen notes" }, null, other),
      await other.client.get(`/api/me/products/${slug}`),
      await other.client.delete(`/api/products/${slug}`),
      await change("no-such-thing", { name: "Stolen notes" }, tag, other),
    ];
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    const anonymous = app.visitor();
    expect((await anonymous.patch(`/api/products/${slug}`, { json: { name: "Stolen" } })).status).toBe(401);
    expect((await anonymous.delete(`/api/products/${slug}`)).status).toBe(401);
    expect((await anonymous.get<Product>(`/api/products/${slug}`)).json.name).toBe("Not your notes");
  });

  it("deletes for good, once", async () => {
    const { slug } = await listed("Notes to delete");
    expect((await owner.client.delete(`/api/products/${slug}`)).status).toBe(204);
    expect((await owner.client.delete(`/api/products/${slug}`)).status).toBe(404);
    expect((await app.visitor().get(`/api/products/${slug}`)).status).toBe(404);
  });
});
