import { randomUUID } from "node:crypto";
import type {
  Activity,
  ListedStore,
  OwnProduct,
  OwnStore,
  Problem,
  ReviewedProduct,
  TakenDownProduct,
} from "@yumroad/contract";
import { race, statusesOf } from "@yumroad/testkit";
import { afterAll, beforeAll, expect, it } from "vitest";
import { proveAddress } from "../../../test/mailed-links.ts";
import { makeOperator } from "../../../test/operators.ts";
import { createTestApp, describeOnEachStore, type Person, type TestApp, whoIs } from "../../../test/test-app.ts";

type Page = { items: TakenDownProduct[]; nextCursor: string | null };

const price = { amount: 1900, currency: "EUR" };
const reason = "It is a copy of\nsomebody else’s work.";

describeOnEachStore("take-down", (sessions) => {
  let app: TestApp;
  let operator: Person;
  beforeAll(async () => {
    app = await createTestApp({ sessions, mail: true });
    operator = await makeOperator(app, await app.signUp());
  });
  afterAll(() => app.close());

  async function seller(...products: [name: string, status: string][]) {
    const person = await app.signUp();
    const slugs: string[] = [];
    for (const [name, status] of products) {
      const { json } = await person.client.post<OwnProduct>("/api/products", { json: { name, price, status } });
      slugs.push(json.slug);
    }
    const handle = (await whoIs(person.client))?.store?.handle ?? "";
    return { ...person, slugs, slug: slugs[0] ?? "", handle };
  }
  const act = <Answer>(path: string, json?: object) =>
    operator.client.post<Answer>(`/api/operator/${path}`, json && { json });
  const takeDown = (slug: string, because = reason) =>
    act<ReviewedProduct>(`products/${slug}/take-down`, { reason: because });
  const putBack = (slug: string) => act<ReviewedProduct>(`products/${slug}/put-back`);
  const own = ({ client }: Person, slug: string) => client.get<OwnProduct>(`/api/me/products/${slug}`);
  async function patch(person: Person, slug: string, json: object) {
    const { etag } = (await own(person, slug)).headers;
    return person.client.patch<Pick<Problem, "code" | "detail">>(`/api/products/${slug}`, {
      json,
      headers: { "If-Match": String(etag) },
    });
  }
  /** Names of the products that anybody finds: by the search, and at the store's page. */
  async function found(handle: string, q: string) {
    const read = async (path: string) => {
      const { json } = await app.visitor().get<{ items?: { name: string }[] }>(path);
      return (json.items ?? []).map(({ name }) => name).toSorted();
    };
    return { search: await read(`/api/products?q=${q}`), store: await read(`/api/stores/${handle}`) };
  }
  const statusOf = async (slug: string) => (await app.visitor().get(`/api/products/${slug}`)).status;

  it("R88: a product is gone from every public answer, its owner reads the reason, and it comes back as it was", async () => {
    const person = await seller(["Copied moon", "published"], ["Copied sun", "published"]);
    await proveAddress(app, person);
    const taken = await takeDown(person.slug);
    expect(taken.json).toMatchObject({ slug: person.slug, status: "archived", takenDownReason: reason });
    expect(await statusOf(person.slug)).toBe(404);
    expect(await found(person.handle, "copied")).toEqual({ search: ["Copied sun"], store: ["Copied sun"] });
    expect((await own(person, person.slug)).json.takenDownReason).toBe(reason);
    const mail = await app.mailbox.last(person.email);
    expect(mail.subject).toBe("Your product was taken down");
    for (const words of ["“Copied moon”", "Reason: It is a copy of", "somebody else’s work."]) {
      expect(mail.text).toContain(words);
    }

    expect((await putBack(person.slug)).json).toMatchObject({ status: "published", takenDownReason: null });
    expect(await statusOf(person.slug)).toBe(200);
    expect((await app.mailbox.last(person.email)).subject).toBe("Your product is back");
    const { json } = await person.client.get<{ items: Activity[] }>("/api/account/activity");
    const [back, down] = json.items;
    expect([back, down]).toMatchObject([
      { kind: "product_put_back", device: "", address: "" },
      { kind: "product_taken_down", device: "", address: "" },
    ]);
  });

  it("R88: its owner can edit and delete it, and not publish it; a draft comes back as a draft", async () => {
    const person = await seller(["Draft of a copy", "draft"], ["Published copy", "published"]);
    for (const slug of person.slugs) {
      await takeDown(slug);
      expect((await patch(person, slug, { name: "Another name" })).status).toBe(200);
      const { status, json } = await patch(person, slug, { status: "published" });
      expect([status, json.code, json.detail]).toEqual([409, "taken_down", `Taken down by the shop owner: ${reason}`]);
    }
    expect((await putBack(person.slugs[0] ?? "")).json.status).toBe("draft");
    // The owner's own status stays.
    await patch(person, person.slugs[1] ?? "", { status: "draft" });
    expect((await putBack(person.slugs[1] ?? "")).json.status).toBe("draft");
    await takeDown(person.slug);
    expect((await person.client.delete(`/api/products/${person.slug}`)).status).toBe(204);
    expect((await putBack(person.slug)).status).toBe(404);
  });

  it("R88: one that was ordered and that its owner has deleted stays deleted when it is put back", async () => {
    const person = await seller();
    const free = { name: "Ordered copy", price: { amount: 0, currency: "EUR" }, status: "published" };
    const { slug } = (await person.client.post<OwnProduct>("/api/products", { json: free })).json;
    const order = { attempt: randomUUID(), email: "buyer@example.com", seenPrice: free.price, hasConsented: false };
    expect((await app.visitor().post(`/api/products/${slug}/checkout`, { json: order })).status).toBe(201);
    await takeDown(slug);
    expect((await person.client.delete(`/api/products/${slug}`)).status).toBe(204);
    expect((await putBack(slug)).json.status).toBe("archived");
    expect(await statusOf(slug)).toBe(404);
  });

  it("R88: who publishes a version from before is told that it changed, also in the same moment", async () => {
    const person = await seller(["Contested copy", "draft"]);
    const { etag } = (await own(person, person.slug)).headers;
    const publish = () =>
      person.client.patch<Problem>(`/api/products/${person.slug}`, {
        json: { status: "published" },
        headers: { "If-Match": String(etag) },
      });
    const answers = await race<{ status: number }>(2, (index) => (index === 0 ? takeDown(person.slug) : publish()));
    expect(statusesOf(answers)[0]).toBe(200);
    expect(await statusOf(person.slug)).toBe(404);
    expect((await publish()).status).toBe(412);
  });

  it("R88: a repeated take-down tells nobody twice; another reason replaces the first", async () => {
    const person = await seller(["Copy of copies", "published"]);
    const mails = async () => {
      const sql = "select count(*) as count from mails where to_address = ? and kind like 'product%'";
      const [row] = await app.dependencies.database.fork().execute<{ count: number | string }[]>(sql, [person.email]);
      return Number(row?.count);
    };
    await takeDown(person.slug);
    await takeDown(person.slug);
    expect(await mails()).toBe(1);
    await takeDown(person.slug, "Another reason");
    expect(await mails()).toBe(2);
    expect((await own(person, person.slug)).json.takenDownReason).toBe("Another reason");
    await putBack(person.slug);
    await putBack(person.slug);
    expect(await mails()).toBe(3);
    expect(await statusOf(person.slug)).toBe(200);
  });

  it("R88: a store is gone with its products, nothing in it is published, and what was comes back", async () => {
    const person = await seller(["Fenced moon", "published"], ["Fenced sun", "draft"], ["Fenced star", "published"]);
    const [moon = "", sun = "", star = ""] = person.slugs;
    await takeDown(star);
    const taken = await act<ListedStore>(`stores/${person.handle}/take-down`, { reason });
    expect(taken.json).toMatchObject({ publishedProducts: 0, takenDownReason: reason });
    expect((await app.visitor().get(`/api/stores/${person.handle}`)).status).toBe(404);
    expect(await found(person.handle, "fenced")).toEqual({ search: [], store: [] });
    expect((await person.client.get<OwnStore>("/api/me/store")).json.takenDownReason).toBe(reason);
    expect((await own(person, sun)).json.takenDownReason).toBe(reason);
    const create = (status: string) =>
      person.client.post<Problem>("/api/products", { json: { name: "Fenced cloud", price, status } });
    const refused = [await patch(person, sun, { status: "published" }), await create("published")];
    expect(refused.map(({ json }) => json.code)).toEqual(["taken_down", "taken_down"]);
    expect((await create("draft")).status).toBe(201);
    const mail = await app.mailbox.last(person.email);
    expect(mail.text).toContain("The shop owner has taken down your store.");
    expect(mail.text).toContain("somebody else’s work.");

    const back = await act<ListedStore>(`stores/${person.handle}/put-back`);
    expect(back.json).toMatchObject({ publishedProducts: 1, takenDownReason: null });
    expect(await found(person.handle, "fenced")).toEqual({ search: ["Fenced moon"], store: ["Fenced moon"] });
    expect([await statusOf(moon), await statusOf(star)]).toEqual([200, 404]);
    expect((await putBack(star)).json.status).toBe("published");
  });

  it.each([
    ["before the deletion is undone", ["put-back", "undo"]],
    ["after it", ["undo", "put-back"]],
  ])(
    "R88: a product taken down while its owner's account is closed is public once neither holds: put back %s",
    async (_, order) => {
      const person = await seller(["Closed copy", "published"]);
      await takeDown(person.slug);
      await person.client.post("/api/account/deletion");
      const { client } = await app.logIn(person);
      const does: Record<string, () => Promise<unknown>> = {
        "put-back": () => putBack(person.slug),
        undo: () => client.delete("/api/account/deletion"),
      };
      const seen: number[] = [];
      for (const name of order) {
        await does[name]?.();
        seen.push(await statusOf(person.slug));
      }
      expect(seen).toEqual([404, 200]);
    },
  );

  it("R88: lists the products that are taken down, the latest first, until they are put back", async () => {
    const person = await seller(["First copy", "published"], ["Second copy", "draft"], ["Third copy", "published"]);
    const list = async (query = "") =>
      (await operator.client.get<Page>(`/api/operator/taken-down-products?limit=2${query}`)).json;
    for (const slug of person.slugs) {
      app.clock.advance("1s");
      await takeDown(slug);
    }
    const [first = "", second = "", third = ""] = person.slugs;
    const page = await list();
    expect(page.items.map(({ slug }) => slug)).toEqual([third, second]);
    const takenDownAt = new Date(app.clock.now()).toISOString();
    expect(page.items[0]).toMatchObject({ name: "Third copy", takenDownReason: reason, takenDownAt });
    expect((await list(`&cursor=${page.nextCursor}`)).items[0]?.slug).toBe(first);
    await putBack(third);
    expect((await list()).items.map(({ slug }) => slug)).toEqual([second, first]);
  });

  it("lists stores, the newest first, page by page, and finds beginnings of handles and names", async () => {
    const fresh = await createTestApp({ sessions });
    const { client } = await makeOperator(fresh, await fresh.signUp());
    for (const name of ["Žofie", "Plum Paper", "Plum Jam"]) {
      fresh.clock.advance("1s");
      const person = await fresh.signUp({ name });
      await person.client.post("/api/products", { json: { name: "Something", price } });
    }
    const read = async (query: string) =>
      (await client.get<{ items: ListedStore[]; nextCursor: string | null }>(`/api/operator/stores?${query}`)).json;
    const first = await read("limit=2");
    expect(first.items.map(({ handle, publishedProducts }) => [handle, publishedProducts])).toEqual([
      ["plum-jam", 1],
      ["plum-paper", 1],
    ]);
    expect((await read(`limit=2&cursor=${first.nextCursor}`)).items.map(({ handle }) => handle)).toEqual(["zofie"]);
    const handles = async (q: string) => (await read(`q=${q}`)).items.map(({ handle }) => handle);
    expect([
      await handles("@plum-j"),
      await handles("PLUM%20P"),
      await handles("%C5%BDof"),
      await handles("aper"),
    ]).toEqual([...[["plum-jam"], ["plum-paper"], ["zofie"], []]]);
    await fresh.close();
  });
});
