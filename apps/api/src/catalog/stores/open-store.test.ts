import { allEndpoints, type NewProduct, type Problem, type Product } from "@yumroad/contract";
import { race } from "@yumroad/testkit";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { makeOperator } from "../../../test/operators.ts";
import { createTestApp, describeOnEachStore, type Person, type TestApp, whoIs } from "../../../test/test-app.ts";
import { createProduct } from "../products/create-product.ts";

const price = { amount: 1900, currency: "EUR" };

function add({ client }: Pick<Person, "client">, more: object = {}) {
  return client.post<Product & Pick<Problem, "issues">>("/api/products", {
    json: { name: "Field notes", price, ...more },
  });
}

describeOnEachStore("the first product of a seller", (sessions) => {
  let app: TestApp;
  beforeEach(async () => {
    app = await createTestApp({ sessions });
    onTestFinished(app.close);
  });

  it("R86: opens a store under the name given for it, which all sessions of the seller show at once", async () => {
    const person = await app.signUp({ name: "Žofie Nováková" });
    const elsewhere = await app.logIn(person);
    expect(person.user.store).toBeNull();
    const store = { handle: "plum-paper", name: "Plum & Paper" };
    expect((await add(person, { storeName: "  Plum & Paper " })).json.store).toEqual(store);
    expect((await whoIs(person.client))?.store).toEqual(store);
    expect((await whoIs(elsewhere.client))?.store).toEqual(store);
    expect((await add(person, { storeName: "Another" })).json.store).toEqual(store);
  });

  it("R86: opens it under the name of the account if no name is given", async () => {
    const person = await app.signUp({ name: "Žofie Nováková" });
    expect((await add(person)).json.store).toEqual({ handle: "zofie-novakova", name: "Žofie Nováková" });
  });

  it("opens one store, of five sent at once", async () => {
    const person = await app.signUp();
    const answers = await race(5, (index) => add(person, { storeName: `Store ${index}` }));
    const handles = answers.map((each) => each.status === "fulfilled" && each.value.json.store.handle);
    expect(new Set(handles).size).toBe(1);
    const stores = await app.dependencies.database
      .fork()
      .execute<{ count: number | string }[]>("select count(*) as count from stores");
    expect(Number(stores[0]?.count)).toBe(1);
  });

  it("gives five sellers of one name at once a handle each", async () => {
    const people: Person[] = [];
    for (let count = 0; count < 5; count += 1) people.push(await app.signUp({ name: "Twin" }));
    const answers = await race(5, (index) => add(people[index] as Person, { name: `Field notes ${index}` }));
    const handles = answers.map((each) => each.status === "fulfilled" && each.value.json.store.handle);
    expect(handles).not.toContain(false);
    expect(new Set(handles).size).toBe(5);
  });

  it("has a handle for a name in any script, and never a reserved word alone", async () => {
    const inJapanese = await add(await app.signUp({ name: "山田太郎" }));
    expect(inJapanese.json.store).toEqual({ name: "山田太郎", handle: expect.stringMatching(/^[a-z0-9-]+$/) });
    const reserved = await add(await app.signUp({ name: "Admin" }));
    expect(reserved.json.store.handle).toMatch(/^admin-[0-9a-f]{6}$/);
  });

  it.each([
    ["empty", ""],
    ["blank", "   "],
    ["too long", "x".repeat(61)],
    ["two lines", "a\nb"],
  ])("is refused with a store's name that is %s: nothing is stored", async (_, storeName) => {
    const person = await app.signUp();
    const { status, json } = await add(person, { storeName });
    expect([status, json.issues?.map(({ path }) => path)]).toEqual([422, [["storeName"]]]);
    expect((await whoIs(person.client))?.store).toBeNull();
  });
});

describe("R86: my store", () => {
  const SELLERS = allEndpoints.filter(([, { access }]) => access === "seller");
  const NO_ID = "00000000-0000-7000-8000-000000000000";
  const NO_REF = "0000000000";
  let app: TestApp;
  let owner: Person;
  let customer: Person;
  beforeEach(async () => {
    app = await createTestApp({ shopKind: "my_store" });
    onTestFinished(app.close);
    owner = await makeOperator(app, await app.signUp());
    customer = await app.signUp();
  });

  it("R86: sells what its operator adds; a customer has neither a store nor a page", async () => {
    expect((await add(owner, { storeName: "Plum & Paper" })).json.store.handle).toBe("plum-paper");
    expect((await whoIs(customer.client))?.store).toBeNull();
    expect((await app.visitor().get(`/api/stores/${customer.user.name.toLowerCase().replace(" ", "-")}`)).status).toBe(
      404,
    );
  });

  it.each(SELLERS)("R86: %s refuses a customer, also for a thing of somebody else", async (_, { method, path }) => {
    const { slug } = (await add(owner)).json;
    const asked = {
      method,
      path: path.replace(":slug", slug).replace(":id", NO_ID).replace(":ref", NO_REF),
      ...(method !== "GET" && { json: {} }),
    };
    const { status, json } = await customer.client.request<Problem>(asked);
    expect([status, json.code]).toEqual([403, "not_a_seller"]);
    expect((await app.visitor().request({ ...asked })).status).toBe(401);
  });

  it("R86: opens no store when the shop stops being a marketplace while the product is on its way", async () => {
    const owner = { id: customer.user.id, loggedInAt: app.clock.now() };
    const product = { name: "Field notes", description: "", price, status: "published" } as NewProduct;
    const { clock, database } = app.dependencies;
    const outcome = await createProduct({ em: database.fork(), clock }, { owner, product });
    expect(outcome).toEqual({ kind: "not_a_seller" });
  });

  it("R86: a shop from before there were kinds stays a marketplace", async () => {
    await app.dependencies.database.fork().execute("delete from settings where key = 'shop_kind'");
    const again = await createTestApp({ beside: app, shopKind: "my_store" });
    onTestFinished(again.close);
    expect((await add(await again.logIn(customer))).status).toBe(201);
  });

  it("R86: SHOP_KIND of a later start changes nothing", async () => {
    const again = await createTestApp({ beside: app, shopKind: "marketplace" });
    onTestFinished(again.close);
    const { client } = await again.logIn(customer);
    expect((await client.get("/api/me/products")).status).toBe(403);
    expect((await again.visitor().get<{ kind: string }>("/api/site")).json.kind).toBe("my_store");
  });
});
