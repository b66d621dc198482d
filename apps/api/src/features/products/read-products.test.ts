import type { NewProduct, Problem, Product, ProductCard } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { canRunOn, createTestApp, named, type Person, storeKinds, type TestApp } from "../../../test/test-app.ts";

interface Page {
  items: ProductCard[];
  nextCursor: string | null;
}

async function list(person: Person, given: Partial<NewProduct> = {}): Promise<Product> {
  const json = { name: "Plum jam recipes", price: { amount: 1200, currency: "EUR" }, ...given };
  const answer = await person.client.post<Product>("/api/products", { json });
  if (answer.status !== 201) throw new Error(`Listing answered ${answer.status}: ${answer.text}`);
  return answer.json;
}

const namesOf = ({ items }: Page) => items.map(({ name }) => name);

/** Every page of a list, one after the other; `between` happens after each. */
async function readAll(client: Client, path: string, between: () => Promise<unknown> = async () => {}): Promise<string[]> {
  const names: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const { json } = await client.get<Page>(`${path}${path.includes("?") ? "&" : "?"}cursor=${cursor}`);
    names.push(...namesOf(json));
    cursor = json.nextCursor;
    await between();
  }
  return names;
}

describe("the catalogue", () => {
  let app: TestApp;
  let mira: Person;
  let jonas: Person;
  beforeAll(async () => {
    app = await createTestApp();
    mira = await app.signUp({ name: "Mira" });
    jonas = await app.signUp({ name: "Jonas" });
    for (let number = 1; number <= 30; number += 1) {
      await list(number % 2 ? mira : jonas, { name: `Product ${String(number).padStart(2, "0")}` });
    }
  });
  afterAll(() => app.close());

  const newestFirst = Array.from({ length: 30 }, (_, place) => `Product ${String(30 - place).padStart(2, "0")}`);

  it("shows published products to everybody, the newest first, 24 at a time", async () => {
    const { json } = await app.visitor().get<Page>("/api/products");
    expect(namesOf(json)).toEqual(newestFirst.slice(0, 24));
    expect(json.items[0]).toEqual({
      slug: "product-30",
      name: "Product 30",
      price: { amount: 1200, currency: "EUR" },
      status: "published",
      coverUrl: null,
      store: { handle: "jonas", name: "Jonas" },
    });
    const next = await app.visitor().get<Page>(`/api/products?cursor=${json.nextCursor}`);
    expect(namesOf(next.json)).toEqual(newestFirst.slice(24));
    expect(next.json.nextCursor).toBeNull();
  });

  it.each([1, 7, 15, 30, 100])("pages %i at a time without a gap or a repeat", async (limit) => {
    expect(await readAll(app.visitor(), `/api/products?limit=${limit}&q=product`)).toEqual(newestFirst);
  });

  it("pages without a gap or a repeat while products are being added", async () => {
    let added = 0;
    const names = await readAll(app.visitor(), "/api/products?limit=4", async () => {
      added += 1;
      await list(mira, { name: `Latecomer ${added}` });
    });
    expect(names).toEqual(newestFirst);
    expect(added).toBeGreaterThan(5);
  });

  it("a page that holds exactly what is left is the last one", async () => {
    const { json } = await app.visitor().get<Page>("/api/products?limit=30&q=product");
    expect(json.items).toHaveLength(30);
    expect(json.nextCursor).toBeNull();
  });

  it.each(["limit=1", "limit=100", "limit=024", "q=", "cursor=", "q=&cursor=&limit=5", "q=%20%20"])(
    "takes the query ?%s",
    async (query) => {
      const { status, json } = await app.visitor().get<Page>(`/api/products?${query}`);
      expect(status).toBe(200);
      expect(json.items.length).toBeGreaterThan(0);
    },
  );

  it.each([
    "limit=0",
    "limit=101",
    "limit=-1",
    "limit=1.5",
    "limit=ten",
    "limit=",
    "limit=1e1",
    "limit=%31%30%20",
    "limit=9999999999999999999",
    "limit=5&limit=6",
    "q=a&q=b",
    "q[]=a",
    "q[$ne]=a",
    "cursor=a&cursor=b",
    "page=2",
    "Q=a",
    "__proto__=a",
    "constructor=a",
    "toString=a",
    "=a",
    "q=%00",
    "q=a%00b",
    "q=a%1bb",
    `q=${"a".repeat(101)}`,
    "cursor=x",
    "cursor=%27%20or%201%3D1",
    "cursor=MDE4OTBhNWQ",
    `cursor=${"A".repeat(201)}`,
    "cursor=../../etc",
  ])("refuses the query ?%s", async (query) => {
    const answer = await app.visitor().get<Problem>(`/api/products?${query}`);
    expect(answer.status).toBe(422);
    expect(answer.json.code).toBe("invalid_input");
    expect(answer.json.issues?.[0]?.path[0]).toBe("query");
  });

  it("R40: a public read does not look at the session: it is the same for everybody and sets nothing", async () => {
    const anonymous = await app.visitor().get("/api/products");
    const loggedIn = await mira.client.get("/api/products");
    expect(loggedIn.text).toBe(anonymous.text);
    expect(loggedIn.headers.etag).toBe(anonymous.headers.etag);
    expect(loggedIn.setCookies).toEqual([]);
    expect(loggedIn.headers.vary ?? "").not.toMatch(/cookie/i);
  });

  it.each(["/api/products", "/api/products/product-01"])("%s may be kept, but is asked again each time", async (path) => {
    const first = await app.visitor().get(path);
    expect(first.headers["cache-control"]).toBe("public, max-age=0, s-maxage=10, must-revalidate");
    const etag = String(first.headers.etag);
    expect(etag).toMatch(/^"[\w-]+"$/);
    const again = await app.visitor().get(path, { headers: { "If-None-Match": etag } });
    expect([again.status, again.text, again.headers.etag]).toEqual([304, "", etag]);
    const weakened = await app.visitor().get(path, { headers: { "If-None-Match": `W/${etag}` } });
    expect(weakened.status).toBe(304);
    const other = await app.visitor().get(path, { headers: { "If-None-Match": '"another"' } });
    expect([other.status, other.text]).toEqual([200, first.text]);
  });

  it("has another ETag once something was added", async () => {
    const before = await app.visitor().get("/api/products");
    await list(mira, { name: "Something new" });
    const after = await app.visitor().get("/api/products", { headers: { "If-None-Match": String(before.headers.etag) } });
    expect(after.status).toBe(200);
    expect(after.headers.etag).not.toBe(before.headers.etag);
  });

  it("answers HEAD as GET, without the body", async () => {
    const [head, get] = [await app.visitor().head("/api/products"), await app.visitor().get("/api/products")];
    expect([head.status, head.text, head.headers.etag]).toEqual([200, "", get.headers.etag]);
  });

  it.each([
    "nothing-here",
    "Product-01",
    "product-01-",
    "-product-01",
    "product--01",
    "product_01",
    "..",
    "%2e%2e",
    "%00",
    "%E0%A4%A",
    "%",
    "a%2Fb",
    "' or 1=1",
    "%F0%9F%A6%8A",
    "a".repeat(81),
    "a".repeat(3000),
    "__proto__",
    "product-01/",
  ])("has no product at the odd address %s", async (slug) => {
    const answer = await app.visitor().get<Problem>(`/api/products/${slug.replaceAll(" ", "%20")}`);
    expect(answer.status).toBe(404);
    expect(answer.json.code).toBe("not_found");
  });

  it("asks the database as often for a hundred products as for one", async () => {
    const queriesOf = async (limit: number) => {
      const spy = vi.spyOn(app.dependencies.database, "fork");
      const counts: number[] = [];
      spy.mockImplementation(() => {
        const em = spy.getMockImplementation() && forkOf();
        const execute = vi.spyOn(em, "execute");
        counts.push(0);
        const place = counts.length - 1;
        const run = execute.getMockImplementation();
        execute.mockImplementation((...args) => {
          counts[place] = (counts[place] ?? 0) + 1;
          return (run ?? original(em))(...args);
        });
        return em;
      });
      await app.visitor().get(`/api/products?limit=${limit}`);
      spy.mockRestore();
      return counts;
    };
    expect(await queriesOf(100)).toEqual(await queriesOf(1));
  });
});
