import { v7 as uuid } from "uuid";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestDatabase, openOrm, type TestDatabase } from "../../test/test-database.ts";
import "../../test/temporary-database.ts";
import { searchProducts } from "../catalog/products/search-products.ts";
import { schema } from "../entities.ts";
import { openDatabase } from "../platform/db/database.ts";

const BEFORE = "2026-11-22-accounts-and-products";
/** More than one batch of the migration. */
const PRODUCTS = 2500;

let testDatabase: TestDatabase;
beforeEach(async () => {
  testDatabase = await createTestDatabase();
});
afterEach(() => testDatabase.remove());

/** A filled database in the state before this migration. */
async function fillAsBefore(): Promise<void> {
  const orm = await openOrm(testDatabase);
  await orm.migrator.up({ to: BEFORE });
  const em = orm.em.fork();
  const now = new Date();
  await em.execute(
    "insert into users (id, email, email_key, name, password_hash, created_at, updated_at) values ('u', 'e', 'e', 'n', 'x', ?, ?)",
    [now, now],
  );
  await em.execute("insert into stores (id, owner_id, handle, name, created_at) values ('s', 'u', 'h', 'n', ?)", [now]);
  for (let number = 1; number <= PRODUCTS; number += 1) {
    const name = `Ångström, No. ${number}?`;
    const values = [uuid(), `p-${number}`, name, 'Straße\'s "quotes"', number % 5 ? "published" : "draft", now, now];
    await em.execute(
      `insert into products (id, store_id, slug, name, description, price_amount, price_currency, status, search_text, created_at, updated_at)
       values (?, 's', ?, ?, ?, 100, 'EUR', ?, 'as it was', ?, ?)`,
      values,
    );
  }
  await orm.close();
}

it("takes a filled database of the migration before along: nothing is lost, and all that is published is found", async () => {
  await fillAsBefore();
  const database = await openDatabase({ ...testDatabase, ...schema });
  const tablesOf = async () => ({
    users: await database.fork().execute("select * from users"),
    stores: await database.fork().execute("select * from stores"),
    products: (await database.fork().execute<Record<string, unknown>[]>("select * from products order by id")).map(
      ({ search_text, ...product }) => product,
    ),
  });
  const before = await tablesOf();
  await database.migrate();
  // Later migrations add columns; the former columns and rows stay equal.
  expect(await tablesOf()).toMatchObject(before);

  const found = async (text: string) => {
    const products = await searchProducts(database, { text, page: { afterId: null, limit: PRODUCTS } });
    return products.map(({ id }) => id);
  };
  const published = before.products.filter(({ status }) => status === "published").map(({ id }) => id);
  expect(await found("angst strasse")).toEqual(published.toReversed());
  expect(await found("1234")).toEqual([before.products[1233]?.id]);
  expect(await found("as")).toEqual([]);
  await database.close();
});
