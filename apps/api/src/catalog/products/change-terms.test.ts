import type { OwnProduct, Problem, Product, ProductCard } from "@yumroad/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type Person, type TestApp } from "../../../test/test-app.ts";

type Answer = OwnProduct & Pick<Problem, "issues">;

const EUR = (amount: number) => ({ amount, currency: "EUR" });
const NAMED = { price: EUR(500), pricing: "pay_what_you_want", suggestedAmount: 700 };

describe("what a product costs", () => {
  let app: TestApp;
  let seller: Person;
  beforeAll(async () => {
    app = await createTestApp();
    seller = await app.signUp();
  });
  afterAll(() => app.close());

  const add = (terms: object) =>
    seller.client.post<Answer>("/api/products", { json: { name: "Field notes", ...terms } });

  async function changing(terms: object, change: object) {
    const { json, headers } = await add(terms);
    const path = `/api/products/${json.slug}`;
    return seller.client.patch<Answer>(path, { json: change, headers: { "If-Match": String(headers.etag) } });
  }

  it("R101: is fixed, or named by its buyers: on its page, in lists, and for its seller", async () => {
    const { json } = await add(NAMED);
    expect(json).toMatchObject(NAMED);
    const { json: shown } = await app.visitor().get<Product>(`/api/products/${json.slug}`);
    expect(shown).toMatchObject(NAMED);
    const { json: list } = await app.visitor().get<{ items: ProductCard[] }>("/api/products");
    expect(list.items[0]).toMatchObject({ price: EUR(500), pricing: "pay_what_you_want" });
    expect((await add({ price: EUR(500) })).json).toMatchObject({ pricing: "fixed", suggestedAmount: null });
  });

  it("R101: is refused where it makes no sense, at its field", async () => {
    const { status, json } = await add({ ...NAMED, suggestedAmount: 499 });
    expect([status, json.issues]).toMatchObject([
      422,
      [{ path: ["suggestedAmount"], message: "The least is EUR 5.00" }],
    ]);
  });

  it.each([
    ["a price above the suggestion", { price: EUR(900) }, "suggestedAmount", "The least is EUR 9.00"],
    ["a suggestion below the price", { suggestedAmount: 100 }, "suggestedAmount", "The least is EUR 5.00"],
    ["a least of 50 cents", { price: EUR(50) }, "price", "Enter at least EUR 1.00, or 0 for free"],
    [
      "a fixed price with a suggestion",
      { pricing: "fixed", suggestedAmount: 700 },
      "suggestedAmount",
      "A fixed price has no suggested amount",
    ],
  ])("R101: a change to %s is held against what stays", async (_, change, field, message) => {
    const { status, json } = await changing(NAMED, change);
    expect([status, json.issues]).toMatchObject([422, [{ path: [field], message }]]);
  });

  it.each([
    ["stays with its product's name", { name: "Other notes" }, NAMED],
    ["is left by another price", { price: EUR(600) }, { ...NAMED, price: EUR(600) }],
    ["ends", { suggestedAmount: null }, { ...NAMED, suggestedAmount: null }],
    ["ends with a fixed price", { pricing: "fixed" }, { price: EUR(500), pricing: "fixed", suggestedAmount: null }],
    [
      "ends with another currency",
      { price: { amount: 500, currency: "JPY" } },
      { ...NAMED, price: { amount: 500, currency: "JPY" }, suggestedAmount: null },
    ],
  ])("a suggestion %s", async (_, change, expected) => {
    const { status, json } = await changing(NAMED, change);
    expect(status).toBe(200);
    expect(json).toMatchObject(expected);
  });

  it("R101: a fixed price becomes one that buyers name, and the least is logged", async () => {
    const { json } = await changing({ price: EUR(1900) }, NAMED);
    expect(json).toMatchObject(NAMED);
    const sql =
      "select c.amount from price_changes c join products p on p.id = c.product_id where p.slug = ? order by c.id";
    const rows = await app.dependencies.database.fork().execute<{ amount: number }[]>(sql, [json.slug]);
    expect(rows.map(({ amount }) => amount)).toEqual([1900, 500]);
  });
});
