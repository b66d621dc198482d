import type { ProductCard, StoreRef } from "@yumroad/contract";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestApp, describeOnEachStore, type TestApp } from "../../../test/test-app.ts";

interface StorePage {
  store: StoreRef;
  items: ProductCard[];
  nextCursor: string | null;
}

describeOnEachStore("a store", (sessions) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ sessions });
  });
  afterAll(() => app.close());

  it("shows its published products, newest first, page by page, to everybody", async () => {
    const { client } = await app.signUp({ name: "Žofie Nováková" });
    const other = await app.signUp();
    const price = { amount: 100, currency: "EUR" };
    for (const number of [1, 2, 3, 4, 5])
      await client.post("/api/products", { json: { name: `Number ${number}`, price } });
    await client.post("/api/products", { json: { name: "A draft", price, status: "draft" } });
    await other.client.post("/api/products", { json: { name: "Somebody else's", price } });

    const names: string[] = [];
    let path: string | null = "/api/stores/zofie-novakova?limit=2";
    while (path !== null) {
      const { json, headers }: { json: StorePage; headers: Record<string, unknown> } = await app
        .visitor()
        .get<StorePage>(path);
      expect(json.store).toMatchObject({ handle: "zofie-novakova", name: "Žofie Nováková" });
      expect(headers.etag).toBeDefined();
      names.push(...json.items.map(({ name }) => name));
      path = json.nextCursor && `/api/stores/zofie-novakova?limit=2&cursor=${json.nextCursor}`;
    }
    expect(names).toEqual(["Number 5", "Number 4", "Number 3", "Number 2", "Number 1"]);
  });

  it("an odd cursor is refused, whether or not there is such a store: 422", async () => {
    for (const cursor of ["abc", "!!"]) {
      expect((await app.visitor().get(`/api/stores/nobody-has-this?cursor=${cursor}`)).status).toBe(422);
    }
  });

  it.each(["nobody-has-this", "UPPER", "%00", "a..b", "%E0%A4%A"])("%s is not there", async (handle) => {
    expect((await app.visitor().get(`/api/stores/${handle}`)).status).toBe(404);
  });
});
