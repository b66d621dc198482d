import type { Discount, Problem, Product } from "@yumroad/contract";
import { race, tally } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type Person, type TestApp } from "../../../test/test-app.ts";

const TEN_PERCENT = { kind: "percent", percent: 10 };
const HOUR = 3_600_000;

let app: TestApp;
let seller: Person;
let product: Product;
beforeAll(async () => {
  app = await createTestApp();
  seller = await app.signUp();
  const json = { name: "Field notes", price: { amount: 1900, currency: "EUR" } };
  product = (await seller.client.post<Product>("/api/products", { json })).json;
});
afterAll(() => app.close());

const make = (json: object, { client } = seller) => client.post<Discount & Problem>("/api/discounts", { json });
const list = async ({ client } = seller) => (await client.get<{ items: Discount[] }>("/api/discounts")).json.items;
const inHours = (hours: number) => new Date(app.clock.now() + hours * HOUR).toISOString();

describe("a seller's discount codes", () => {
  it("R130: are listed with what they take off, their uses and their state", async () => {
    const ten = await make({ code: "Ten", off: TEN_PERCENT, maxUses: 5, products: [product.slug] });
    expect(ten.status).toBe(201);
    const five = { kind: "amount", amount: { amount: 500, currency: "EUR" } };
    await make({ code: "Later", off: five, startsAt: inHours(1), endsAt: inHours(2) });
    const [later, first] = await list();
    expect(first).toEqual(ten.json);
    expect(first).toMatchObject({ code: "Ten", off: TEN_PERCENT, maxUses: 5, uses: 0, state: "active" });
    expect(first?.products).toEqual([{ slug: product.slug, name: product.name }]);
    expect(later).toMatchObject({ code: "Later", off: five, state: "scheduled", products: null });
  });

  it("R130: are one code whatever the spaces, case and width of letters; stores do not share them", async () => {
    const answers = [];
    for (const code of ["Straße24", "  straße24 ", "STRASSE24", "ｓｔｒａßｅ２４"])
      answers.push(await make({ code, off: TEN_PERCENT }));
    expect(answers.map(({ status }) => status)).toEqual([201, 409, 409, 409]);
    expect(answers[1]?.json.code).toBe("code_taken");
    const other = await app.signUp();
    await other.client.post("/api/products", { json: { name: "Moon", price: { amount: 100, currency: "EUR" } } });
    expect((await make({ code: "straße24", off: TEN_PERCENT }, other)).status).toBe(201);
    const atOnce = await race(5, () => make({ code: "once", off: TEN_PERCENT }));
    expect(tally(atOnce)).toEqual({ 201: 1, 409: 4 });
  });

  it("R130: can be changed but for the code and what it takes off, and are ended for good", async () => {
    const { json } = await make({ code: "Change", off: TEN_PERCENT, endsAt: inHours(5) });
    const path = `/api/discounts/${json.id}`;
    const change = (body: object) => seller.client.patch<Discount>(path, { json: body });
    expect((await change({ maxUses: 3, perBuyer: 1, endsAt: null })).json).toMatchObject({
      ...{ maxUses: 3, perBuyer: 1, endsAt: null, state: "active" },
    });
    expect((await change({ code: "Another" })).status).toBe(422);
    expect((await change({})).status).toBe(422);
    const { json: ended } = await seller.client.post<Discount>(`${path}/end`);
    expect(ended.state).toBe("ended");
    expect((await change({ maxUses: 9 })).json.state).toBe("ended");
  });

  it("R130: are their seller's alone", async () => {
    const { json } = await make({ code: "Mine", off: TEN_PERCENT });
    const other = await app.signUp();
    const { client } = other;
    expect((await client.patch(`/api/discounts/${json.id}`, { json: { maxUses: 1 } })).status).toBe(404);
    expect((await client.post(`/api/discounts/${json.id}/end`)).status).toBe(404);
    expect(await list(other)).toEqual([]);
    // Without a product there is no store.
    expect((await make({ code: "Early", off: TEN_PERCENT }, other)).status).toBe(404);
  });

  it("R130: are listed page by page", async () => {
    const all = (await list()).map(({ code }) => code);
    const codes: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const path: string = `/api/discounts?limit=2&cursor=${cursor}`;
      const { json } = await seller.client.get<{ items: Discount[]; nextCursor: string | null }>(path);
      codes.push(...json.items.map(({ code }) => code));
      cursor = json.nextCursor;
    }
    expect(codes).toEqual(all);
  });

  const amount = (amount: number, currency = "EUR") => ({ kind: "amount", amount: { amount, currency } });
  it.each<[string, object, string[]]>([
    ["half a percent", { off: { kind: "percent", percent: 0.5 } }, ["off.percent percent_invalid"]],
    ["no percent", { off: { kind: "percent", percent: 0 } }, ["off.percent percent_invalid"]],
    ["more than all", { off: { kind: "percent", percent: 101 } }, ["off.percent percent_invalid"]],
    ["an amount of nothing", { off: amount(0) }, ["off.amount.amount amount_zero"]],
    ["a part of a forint", { off: amount(50_050, "HUF") }, ["off.amount.amount price_decimals"]],
    ["an unknown currency", { off: amount(500, "XXX") }, ["off.amount.currency currency_unknown"]],
    ["a space within the code", { code: "two words" }, ["code discount_code_characters"]],
    ["a short code", { code: "ab" }, ["code too_short"]],
    ["a code that grows", { code: "ﷺﷺﷺ" }, ["code discount_code_characters", "code too_long"]],
    [
      "an end before the start",
      { startsAt: "2026-12-02T00:00:00Z", endsAt: "2026-12-01T00:00:00Z" },
      ["endsAt ends_before_start"],
    ],
    ["no date", { startsAt: "2026-02-30T00:00:00Z" }, ["startsAt date_invalid"]],
    ["a date before our time", { startsAt: "0000-01-01T00:00:00Z" }, ["startsAt date_invalid"]],
    ["no uses", { maxUses: 0, perBuyer: 1.5 }, ["maxUses uses_invalid", "perBuyer uses_invalid"]],
    ["a product of others", { products: ["not-mine"] }, ["products product_unknown"]],
  ])("R130: are refused with %s", async (_, more, issues) => {
    const { status, json } = await make({ code: `bad-${issues.length}`, off: TEN_PERCENT, ...more });
    expect(status).toBe(422);
    expect(json.issues?.map(({ path, code }) => `${path.join(".")} ${code}`)).toEqual(issues);
  });
});
