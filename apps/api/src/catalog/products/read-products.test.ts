import { AbstractSqlConnection } from "@mikro-orm/sql";
import type { NewProduct, OwnProductCard, Problem, Product, ProductCard } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  canRunOn,
  createTestApp,
  describeOnEachStore,
  named,
  type Person,
  storeKinds,
  type TestApp,
} from "../../../test/test-app.ts";

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

/** Reads every page of a list in order; calls `between` after each. */
async function readAll(
  client: Client,
  path: string,
  between: () => Promise<unknown> = async () => {},
): Promise<string[]> {
  const names: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page: Page = (await client.get<Page>(`${path}${path.includes("?") ? "&" : "?"}cursor=${cursor}`)).json;
    names.push(...namesOf(page));
    cursor = page.nextCursor;
    await between();
  }
  return names;
}

describeOnEachStore("the catalogue", (store) => {
  let app: TestApp;
  let mira: Person;
  let jonas: Person;
  beforeAll(async () => {
    app = await createTestApp({ sessions: store });
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
      pricing: "fixed",
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

  it.each(["/api/products", "/api/products/product-01"])(
    "%s may be kept, but is asked again each time",
    async (path) => {
      const first = await app.visitor().get(path);
      expect(first.headers["cache-control"]).toBe("public, max-age=0, s-maxage=10, must-revalidate");
      const etag = String(first.headers.etag);
      expect(etag).toMatch(/^W\/"[\w-]+"$/);
      const again = await app.visitor().get(path, { headers: { "If-None-Match": etag } });
      expect([again.status, again.text, again.headers.etag]).toEqual([304, "", etag]);
      const weakened = await app.visitor().get(path, { headers: { "If-None-Match": `W/${etag}` } });
      expect(weakened.status).toBe(304);
      const other = await app.visitor().get(path, { headers: { "If-None-Match": '"another"' } });
      expect([other.status, other.text]).toEqual([200, first.text]);
    },
  );

  it("has another ETag once something was added", async () => {
    const before = await app.visitor().get("/api/products");
    await list(mira, { name: "Something new" });
    const after = await app
      .visitor()
      .get("/api/products", { headers: { "If-None-Match": String(before.headers.etag) } });
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

  it("M21: asks the database as often for a hundred products as for one", async () => {
    const queries = vi.spyOn(app.dependencies.database, "read");
    const others = vi.spyOn(AbstractSqlConnection.prototype, "execute");
    const asked = async (client: Client, path: string) => {
      queries.mockClear();
      others.mockClear();
      expect((await client.get(path)).status).toBe(200);
      return queries.mock.calls.length + others.mock.calls.length;
    };
    expect(await asked(app.visitor(), "/api/products?limit=1")).toBe(1);
    expect(await asked(app.visitor(), "/api/products?limit=100")).toBe(1);
    const one = await asked(mira.client, "/api/me/products?limit=1");
    expect(await asked(mira.client, "/api/me/products?limit=100")).toBe(one);
    // The product, and the titles of what its buyers get, however many they are.
    expect(await asked(app.visitor(), "/api/products/product-01")).toBe(2);
    queries.mockRestore();
    others.mockRestore();
  });
});

describeOnEachStore("searching", (store) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ sessions: store });
    const seller = await app.signUp();
    await list(seller, { name: "Watercolour brushes", description: "24 of them, for Procreate." });
    await list(seller, { name: "100% cotton patterns", description: "Sew a shirt_dress." });
    await list(seller, { name: "ÅNGSTRÖM maps", description: "Straße für Straße" });
    await list(seller, { name: "What? A riddle!", description: "C:\\temp and 'quotes' ?? \"more\"" });
    await list(seller, { name: "日本語の教科書", description: "初級 ２０２６" });
  });
  afterAll(() => app.close());

  const found = async (q: string) =>
    namesOf((await app.visitor().get<Page>(`/api/products?q=${encodeURIComponent(q)}`)).json);

  it.each([
    ["brushes", "Watercolour brushes"],
    ["BRUSH", "Watercolour brushes"],
    ["  water  ", "Watercolour brushes"],
    ["procreate water", "Watercolour brushes"],
    ["brush procreate", "Watercolour brushes"],
    ["wate", "Watercolour brushes"],
    ["ångström", "ÅNGSTRÖM maps"],
    ["Angstrom", "ÅNGSTRÖM maps"],
    ["A\u030angstro\u0308m", "ÅNGSTRÖM maps"],
    ["straße", "ÅNGSTRÖM maps"],
    ["STRASSE", "ÅNGSTRÖM maps"],
    ["日本", "日本語の教科書"],
    ["教科書", "日本語の教科書"],
    ["書", "日本語の教科書"],
    ["2026", "日本語の教科書"],
    ["100%", "100% cotton patterns"],
    ["100%cotton", "100% cotton patterns"],
    ["shirt_dress", "100% cotton patterns"],
    ["shirt-dress", "100% cotton patterns"],
    ["what?", "What? A riddle!"],
    ["?? 'quotes'", "What? A riddle!"],
    ["c:\\temp", "What? A riddle!"],
    ["riddle!", "What? A riddle!"],
    ['"more"', "What? A riddle!"],
  ])("finds by %j in name and description", async (q, name) => {
    expect(await found(q)).toEqual([name]);
  });

  it.each(["%ater", "wat%rushes", "shirt_d_ess", "_hirt_dress", "br_sh", "*rushes", "?otton"])(
    "takes the signs in %j for what parts words: none is a wildcard",
    async (q) => {
      expect(await found(q)).toEqual([]);
    },
  );

  it.each(["water AND brushes", "water OR cotton", "NOT cotton", "NEAR(water brushes)", "words:water", "rowid:1"])(
    "takes the operators in %j for words",
    async (q) => {
      expect(await found(q)).toEqual([]);
    },
  );

  it.each(["water* & !cotton", '"water" - "brushes"', "water:* brush", "(water | cotton", "^water", "{water} +brush"])(
    "takes the operators in %j for what parts words",
    async (q) => {
      expect(await found(q)).toEqual(/cotton/.test(q) ? [] : ["Watercolour brushes"]);
    },
  );

  it.each(["%", "%%", "_", "*", '"', '""', "-", ":", "\\", "' or 1=1 --", "!%", "watercolour cotton", "\ufffd", "🦊"])(
    "finds nothing by %j, and breaks nothing",
    async (q) => {
      expect(await found(q)).toEqual([]);
    },
  );

  it("looks for the first eight of many words", async () => {
    expect(await found("w wa wat wate water waterc waterco watercol cotton")).toEqual(["Watercolour brushes"]);
  });

  it("follows what becomes of a product", async () => {
    const seller = await app.signUp();
    const { slug } = await list(seller, { name: "Quince paste", status: "draft" });
    const change = async (json: object) => {
      const { headers } = await seller.client.get(`/api/me/products/${slug}`);
      const answer = await seller.client.patch(`/api/products/${slug}`, {
        json,
        headers: { "If-Match": String(headers.etag) },
      });
      expect(answer.status).toBe(200);
    };
    expect(await found("quince")).toEqual([]);
    await change({ status: "published" });
    expect(await found("quince")).toEqual(["Quince paste"]);
    await change({ name: "Medlar paste", price: { amount: 100, currency: "EUR" } });
    expect([await found("quince"), await found("medlar")]).toEqual([[], ["Medlar paste"]]);
    await change({ status: "archived" });
    expect(await found("medlar")).toEqual([]);
    await change({ status: "published" });
    expect(await found("medlar")).toEqual(["Medlar paste"]);
    await seller.client.delete(`/api/products/${slug}`);
    expect(await found("medlar")).toEqual([]);
  });

  it("lists by the time of creation, whenever a product was published", async () => {
    const seller = await app.signUp();
    const draft = await list(seller, { name: "Fig one", status: "draft" });
    await list(seller, { name: "Fig two" });
    await app.dependencies.database
      .fork()
      .execute("update products set status = 'published' where slug = ?", [draft.slug]);
    expect(await found("fig")).toEqual(["Fig two", "Fig one"]);
  });

  it("goes on after a product that is gone meanwhile", async () => {
    const seller = await app.signUp();
    const slugs: string[] = [];
    for (const name of ["Pear one", "Pear two", "Pear three"]) slugs.push((await list(seller, { name })).slug);
    const first = await app.visitor().get<Page>("/api/products?q=pear&limit=2");
    expect(namesOf(first.json)).toEqual(["Pear three", "Pear two"]);
    await seller.client.delete(`/api/products/${slugs[1]}`);
    const next = await app.visitor().get<Page>(`/api/products?q=pear&limit=2&cursor=${first.json.nextCursor}`);
    expect(namesOf(next.json)).toEqual(["Pear one"]);
  });
});

describe.each(storeKinds)("one's own products", (store) => {
  describe.skipIf(!canRunOn(store))(named("one's own products", store), () => {
    let app: TestApp;
    let mira: Person;
    let jonas: Person;
    beforeAll(async () => {
      app = await createTestApp({ sessions: store });
      mira = await app.signUp({ name: "Mira" });
      jonas = await app.signUp({ name: "Jonas" });
      for (let number = 1; number <= 9; number += 1) {
        await list(mira, { name: `Mine ${number}`, status: number % 3 ? "published" : "draft" });
        await list(jonas, { name: `Another's ${number}` });
      }
      const em = app.dependencies.database.fork();
      await em.execute("update products set status = 'archived' where slug = 'mine-1'");
    });
    afterAll(() => app.close());

    const newestFirst = Array.from({ length: 9 }, (_, place) => `Mine ${9 - place}`);

    it("lists them in every status, the newest first, and nobody else's", async () => {
      const answer = await mira.client.get<Page>("/api/me/products");
      expect(answer.status).toBe(200);
      expect(namesOf(answer.json)).toEqual(newestFirst);
      expect(new Set(answer.json.items.map(({ status }) => status))).toEqual(
        new Set(["draft", "published", "archived"]),
      );
      expect(answer.headers["cache-control"]).toBe("no-store");
      expect(answer.headers.etag).toBeUndefined();
    });

    it("pages them without a gap or a repeat", async () => {
      expect(await readAll(mira.client, "/api/me/products?limit=2")).toEqual(newestFirst);
    });

    it("lists those of one status, and finds parts of names in any case", async () => {
      const own = async (query: string) => namesOf((await mira.client.get<Page>(`/api/me/products?${query}`)).json);
      expect(await own("status=draft")).toEqual(["Mine 9", "Mine 6", "Mine 3"]);
      expect(await own("status=archived")).toEqual(["Mine 1"]);
      expect(await own("q=iNE%207")).toEqual(["Mine 7"]);
      expect(await own("q=mine&status=draft&limit=2")).toEqual(["Mine 9", "Mine 6"]);
      expect(await own("q=another")).toEqual([]);
      for (const wildcard of ["%25", "_", "%5C"]) expect(await own(`q=${wildcard}`)).toEqual([]);
    });

    it("finds a name with letters beyond ASCII as it is written", async () => {
      const person = await app.signUp();
      await list(person, { name: "Übungen für Ärzte" });
      const { json } = await person.client.get<Page>(`/api/me/products?q=${encodeURIComponent("Übungen für")}`);
      expect(namesOf(json)).toEqual(["Übungen für Ärzte"]);
    });

    it("says when each was changed, and if it is taken down", async () => {
      const person = await app.signUp();
      const { slug, updatedAt } = await list(person);
      const own = async () => (await person.client.get<{ items: OwnProductCard[] }>("/api/me/products")).json.items[0];
      expect(await own()).toMatchObject({ updatedAt, isTakenDown: false });
      const em = app.dependencies.database.fork();
      await em.execute("update products set taken_down_reason = 'Not theirs' where slug = ?", [slug]);
      expect(await own()).toMatchObject({ isTakenDown: true });
    });

    it("another's cursor opens nothing of theirs", async () => {
      const { json } = await jonas.client.get<Page>("/api/me/products?limit=1");
      const mine = await mira.client.get<Page>(`/api/me/products?limit=100&cursor=${json.nextCursor}`);
      expect(namesOf(mine.json).every((name) => name.startsWith("Mine"))).toBe(true);
    });

    it("somebody new has none", async () => {
      const { client } = await app.signUp();
      expect((await client.get("/api/me/products")).json).toEqual({ items: [], nextCursor: null });
    });

    it("shows one in any status to its owner, with its version as a strong ETag", async () => {
      for (const slug of ["mine-1", "mine-2", "mine-3"]) {
        const answer = await mira.client.get<Product>(`/api/me/products/${slug}`);
        expect(answer.status).toBe(200);
        expect(answer.headers).toMatchObject({
          etag: expect.stringMatching(/^"1-[0-9a-f]{12}"$/),
          "cache-control": "no-store",
        });
      }
    });

    it("another's product is not there, just as one that nobody has", async () => {
      const anothers = await mira.client.get<Problem>("/api/me/products/anothers-1");
      const nobodys = await mira.client.get<Problem>("/api/me/products/nothing-here");
      expect(anothers.status).toBe(404);
      expect({ ...anothers.json, requestId: "" }).toEqual({ ...nobodys.json, requestId: "" });
      expect((await jonas.client.get("/api/me/products/anothers-1")).status).toBe(200);
    });

    it("drafts and archived ones are not in the catalogue", async () => {
      const names = await readAll(app.visitor(), "/api/products?q=mine");
      expect(names).toEqual(["Mine 8", "Mine 7", "Mine 5", "Mine 4", "Mine 2"]);
      for (const slug of ["mine-1", "mine-3"])
        expect((await app.visitor().get(`/api/products/${slug}`)).status).toBe(404);
    });

    it.each(["status=sold", "page=2", "limit=0", "cursor=x", "limit=1&limit=2", "passive=1"])(
      "refuses the query ?%s",
      async (query) => {
        expect((await mira.client.get(`/api/me/products?${query}`)).status).toBe(422);
        expect((await app.visitor().get(`/api/me/products?${query}`)).status).toBe(401);
      },
    );
  });
});

describe.skipIf(!canRunOn("redis"))(named("the catalogue while the session store is down", "redis"), () => {
  it("R75: stays up for everybody, also with a cookie", async () => {
    const app = await createTestApp({ sessions: "redis" });
    const mira = await app.signUp();
    const { slug } = await list(mira);
    await app.redisFaults.kill();
    for (const client of [app.visitor(), mira.client]) {
      expect((await client.get("/api/products")).status).toBe(200);
      expect((await client.get(`/api/products/${slug}`)).status).toBe(200);
    }
    const own = await mira.client.get<Problem>("/api/me/products");
    expect([own.status, own.json.code]).toEqual([503, "session_store_unavailable"]);
    await app.close();
  });
});
