import type { InputIssue, OwnProduct, Problem, Product } from "@yumroad/contract";
import { race } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canRunOn, createTestApp, named, type Person, storeKinds, type TestApp } from "../../../test/test-app.ts";

const EUR = (amount: unknown) => ({ amount, currency: "EUR" });
const JAM = { name: "Plum jam recipes", price: EUR(1200) };

async function productsOf(app: TestApp): Promise<number> {
  const sql = "select count(*) as count from products";
  const [row] = await app.dependencies.database.fork().execute<{ count: number | string }[]>(sql);
  return Number(row?.count ?? 0);
}

describe.each(storeKinds)("listing a product", (store) => {
  describe.skipIf(!canRunOn(store))(named("listing a product", store), () => {
    let app: TestApp;
    let seller: Person;
    beforeAll(async () => {
      app = await createTestApp({ sessions: store });
      seller = await app.signUp({ name: "Mira Okafor" });
    });
    afterAll(() => app.close());

    const list = (json: unknown) =>
      seller.client.post<OwnProduct & { issues?: InputIssue[]; code?: string }>("/api/products", { json });

    it("S12: stores it in the seller's own store and says where it is", async () => {
      const answer = await list({ ...JAM, description: " Twelve jams.\n\n\tTwo of them with plums. " });
      expect(answer.status).toBe(201);
      const now = new Date(app.clock.now()).toISOString();
      expect(answer.json).toEqual({
        slug: "plum-jam-recipes",
        name: "Plum jam recipes",
        description: "Twelve jams.\n\n\tTwo of them with plums.",
        descriptionHtml: "<p>Twelve jams.</p><pre><code>Two of them with plums.\n</code></pre>",
        price: { amount: 1200, currency: "EUR" },
        pricing: "fixed",
        suggestedAmount: null,
        status: "published",
        coverUrl: null,
        store: { handle: "mira-okafor", name: "Mira Okafor" },
        createdAt: now,
        updatedAt: now,
        needsPriceCheck: false,
        takenDownReason: null,
      });
      expect(answer.headers).toMatchObject({
        location: "/api/products/plum-jam-recipes",
        etag: expect.stringMatching(/^"1-[0-9a-f]{12}"$/),
        "cache-control": "no-store",
      });
      const { needsPriceCheck: _, takenDownReason: __, ...shown } = answer.json;
      const { json } = await app.visitor().get(String(answer.headers.location));
      expect(json).toEqual({ ...shown, contents: [], pictures: [] });
    });

    it("S11, S12: is refused to somebody who is not logged in, who is told to log in, and nothing is stored", async () => {
      const before = await productsOf(app);
      const answer = await app.visitor().post<Problem>("/api/products", { json: JAM });
      expect(answer.status).toBe(401);
      expect(answer.json.code).toBe("unauthenticated");
      expect(answer.headers["www-authenticate"]).toBe('Session realm="yumroad"');
      expect(answer.headers.location).toBeUndefined();
      expect(answer.setCookies).toEqual([]);
      expect(await productsOf(app)).toBe(before);
    });

    it("S12: is refused before its input is even looked at", async () => {
      const answer = await app
        .visitor()
        .post("/api/products", { body: "{", headers: { "Content-Type": "text/plain" } });
      expect(answer.status).toBe(401);
    });

    it.each([
      ["a name of four blanks", { name: "    " }, "name"],
      ["a name of three letters", { name: "Jam" }, "name"],
      ["a name of three letters among blanks", { name: "  Jam  " }, "name"],
      ["a name of 61 characters", { name: "j".repeat(61) }, "name"],
      ["a name that nobody can see", { name: "\u200b\u200b\u200b\u200b" }, "name"],
      ["a name with a NUL", { name: "Plum\0jam" }, "name"],
      ["a name with a line break", { name: "Plum\njam" }, "name"],
      ["a name with an escape character", { name: "Plum\u001b[31m jam" }, "name"],
      ["a name with half a character", { name: "Plum jam \ud83e" }, "name"],
      ["no name", { name: undefined }, "name"],
      ["a number for a name", { name: 12345 }, "name"],
      ["a description of 10,001 characters", { description: "d".repeat(10_001) }, "description"],
      ["a description with a NUL", { description: "d\0" }, "description"],
      ["a description with a carriage return", { description: "a\r\nb" }, "description"],
      ["a description with half a character", { description: "\udc00" }, "description"],
      ["null for a description", { description: null }, "description"],
      ["no price", { price: undefined }, "price"],
      ["a number for a price", { price: 12 }, "price"],
      ["a price of NaN", { price: EUR(Number.NaN) }, "price.amount"],
      ["a price of 1e30", { price: EUR(1e30) }, "price.amount"],
      ["a negative price", { price: EUR(-1) }, "price.amount"],
      ["a price of 19.999", { price: EUR(19.999) }, "price.amount"],
      ["a price in words", { price: EUR("1200") }, "price.amount"],
      ["a price that is too high", { price: EUR(100_000_000) }, "price.amount"],
      ["a price below the least charge", { price: EUR(49) }, "price.amount"],
      ["a price with fillér", { price: { amount: 199_050, currency: "HUF" } }, "price.amount"],
      ["a price of true", { price: EUR(true) }, "price.amount"],
      ["no currency", { price: { amount: 1200 } }, "price.currency"],
      ["a currency that nobody knows", { price: { amount: 1200, currency: "XXX" } }, "price.currency"],
      ["a currency in small letters", { price: { amount: 1200, currency: "eur" } }, "price.currency"],
      ["more about the price", { price: { ...EUR(1200), vat: 19 } }, "price.vat"],
      ["a status of archived", { status: "archived" }, "status"],
      ["a status that nobody knows", { status: "sold" }, "status"],
      ["a slug of one's own", { slug: "new" }, "slug"],
      ["another one's store", { store: { handle: "somebody" } }, "store"],
      ["an id", { id: "1" }, "id"],
    ])("refuses %s, at its field, and stores nothing", async (_, fault, path) => {
      const before = await productsOf(app);
      const answer = await list({ ...JAM, ...fault });
      expect(answer.status).toBe(422);
      expect(answer.json.code).toBe("invalid_input");
      expect(answer.json.issues?.map((issue) => issue.path.join("."))).toEqual([path]);
      expect(answer.json.issues?.[0]?.message).not.toBe("");
      expect(await productsOf(app)).toBe(before);
    });

    it.each(["1e400", "-1e400", "1200.5", "1e-3"])("refuses a price that JSON writes as %s", async (amount) => {
      const body = `{"name":"Plum jam","price":{"amount":${amount},"currency":"EUR"}}`;
      const headers = { "Content-Type": "application/json" };
      expect((await seller.client.post("/api/products", { body, headers })).status).toBe(422);
    });

    it.each([
      ["a price of nothing", { price: EUR(0) }],
      ["the highest price", { price: EUR(99_999_999) }],
      ["a price in yen", { price: { amount: 1200, currency: "JPY" } }],
      ["a name of four characters", { name: "Jams" }],
      ["a name of sixty characters", { name: "🦊".repeat(60) }],
      ["a description of 10,000 characters", { description: "漢".repeat(10_000) }],
      ["a description with a tab and a newline", { description: "a\tb\nc" }],
      ["markup, which is only text", { name: '<b>Jam</b> & "more"', description: "<script>alert(1)</script>" }],
      ["marks of SQL, which are only text", { name: "Jam'); drop table products; --?", description: "\\' ?? ? $1 :a" }],
    ])("takes %s, and gives it back as it was", async (_, given) => {
      const input = { ...JAM, ...given };
      const answer = await list(input);
      expect(answer.status).toBe(201);
      const { json } = await app.visitor().get<Product>(String(answer.headers.location));
      expect(json).toMatchObject(input);
    });

    it("trims the name", async () => {
      expect((await list({ ...JAM, name: "  Trimmed jam \u00a0" })).json.name).toBe("Trimmed jam");
    });

    it("a draft is its owner's alone", async () => {
      const { json, headers } = await list({ ...JAM, name: "Quiet draft", status: "draft" });
      expect(headers.location).toBe(`/api/me/products/${json.slug}`);
      expect(json.status).toBe("draft");
      expect((await app.visitor().get(`/api/products/${json.slug}`)).status).toBe(404);
      expect((await seller.client.get(`/api/products/${json.slug}`)).status).toBe(404);
      expect((await app.visitor().get("/api/products?q=quiet")).json).toEqual({ items: [], nextCursor: null });
      expect((await seller.client.get<Product>(`/api/me/products/${json.slug}`)).json).toEqual(json);
    });

    it.each(["日本語の本を読む", "Привет, мир", "مرحبا بالعالم", "🦊🦊🦊🦊", "!!!!", "Žluťoučký kůň"])(
      "a name in any script (%s) gets an address that works",
      async (name) => {
        const { json } = await list({ ...JAM, name });
        expect(json.slug).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
        expect((await app.visitor().get<Product>(`/api/products/${json.slug}`)).json.name).toBe(name);
      },
    );

    it.each(["Sign up", "login", "Admin", "Dashboard"])(
      "a reserved word (%s) is no address by itself",
      async (name) => {
        const { json } = await list({ ...JAM, name });
        expect(["signup", "sign-up", "login", "admin", "dashboard"]).not.toContain(json.slug);
      },
    );

    it("products of one name get addresses of their own, also when ten are listed at once", async () => {
      const answers = await race(10, () => list({ ...JAM, name: "Same name" }));
      const slugs = answers.map((answer) => (answer.status === "fulfilled" ? answer.value.json.slug : null));
      expect(answers.map((answer) => answer.status === "fulfilled" && answer.value.status)).toEqual(
        Array(10).fill(201),
      );
      expect(new Set(slugs).size).toBe(10);
    });
  });
});
