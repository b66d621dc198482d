import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestDatabase, openOrm, type TestDatabase } from "../../test/test-database.ts";
import "../../test/temporary-database.ts";
import { listPublished } from "../catalog/products/queries.ts";
import { searchProducts } from "../catalog/products/search-products.ts";
import { reopenStore } from "../catalog/products/unpublish-products.ts";
import { schema } from "../entities.ts";
import { openDatabase } from "../platform/db/database.ts";

const BEFORE = "2026-11-30-operators";
const at = new Date("2026-11-20T10:00:00Z");
const changed = new Date("2026-11-21T10:00:00Z");

let testDatabase: TestDatabase;
beforeEach(async () => {
  testDatabase = await createTestDatabase();
});
afterEach(() => testDatabase.remove());

/** A product as the version before stored it: slug, amount, currency, status, time of the closing of its account. */
type OldProduct = [slug: string, amount: number, currency: string, status: string, withdrawnAt: Date | null];

async function fillAsBefore(products: OldProduct[]): Promise<void> {
  const orm = await openOrm(testDatabase);
  await orm.migrator.up({ to: BEFORE });
  const em = orm.em.fork();
  await em.execute(
    "insert into users (id, email, email_key, name, password_hash, created_at, updated_at) values ('u', 'e', 'e', 'n', 'x', ?, ?)",
    [at, at],
  );
  await em.execute("insert into stores (id, owner_id, handle, name, created_at) values ('s', 'u', 'h', 'n', ?)", [at]);
  for (const [slug, amount, currency, status, withdrawnAt] of products) {
    await em.execute(
      `insert into products (id, store_id, slug, name, description, price_amount, price_currency, status, search_text, withdrawn_at, created_at, updated_at)
       values (?, 's', ?, 'Paprika', '', ?, ?, ?, 'paprika', ?, ?, ?)`,
      [slug, slug, amount, currency, status, withdrawnAt, at, changed],
    );
  }
  await orm.close();
}

it("R84: turns products in HUF into drafts whose price has to be checked, and logs all other prices", async () => {
  await fillAsBefore([
    ["a-published", 1990, "HUF", "published", null],
    ["b-draft", 199_000, "HUF", "draft", null],
    ["c-archived", 1990, "HUF", "archived", null],
    ["d-withdrawn", 1990, "HUF", "archived", at],
    ["e-free", 0, "HUF", "published", null],
    ["f-euro", 1990, "EUR", "published", null],
    ["g-euro-withdrawn", 20, "EUR", "archived", at],
  ]);
  const database = await openDatabase({ ...testDatabase, ...schema });
  await database.migrate();
  const em = database.fork();
  await reopenStore(em, "u");

  const rows = await em.execute<Record<string, unknown>[]>(
    "select slug, price_amount, status, version, needs_price_check from products order by slug",
  );
  expect(
    rows.map((row) => [row.slug, row.price_amount, row.status, row.version, Boolean(row.needs_price_check)]),
  ).toEqual([
    ["a-published", 1990, "draft", 2, true],
    ["b-draft", 199_000, "draft", 2, true],
    ["c-archived", 1990, "archived", 2, true],
    ["d-withdrawn", 1990, "draft", 2, true],
    ["e-free", 0, "published", 1, false],
    ["f-euro", 1990, "published", 1, false],
    ["g-euro-withdrawn", 20, "published", 2, false],
  ]);
  const page = { afterId: null, limit: 10 };
  const found = [await listPublished(database, page), await searchProducts(database, { text: "paprika", page })];
  for (const products of found) {
    expect(products.map(({ slug }) => slug)).toEqual(["g-euro-withdrawn", "f-euro", "e-free"]);
  }
  expect(
    await database.read("select product_id as id, amount, currency, at from price_changes order by id", []),
  ).toEqual([
    { id: "e-free", amount: 0, currency: "HUF", at: changed },
    { id: "f-euro", amount: 1990, currency: "EUR", at: changed },
    { id: "g-euro-withdrawn", amount: 20, currency: "EUR", at: changed },
  ]);
  await database.close();
});
