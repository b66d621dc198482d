import { PAGE_SIZE } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openTemporaryDatabase, type TemporaryDatabase } from "../../test/temporary-database.ts";
import { initializeShopKind } from "../shop/shop-kind.ts";
import { createCatalogExtension } from "./account-extension.ts";
import { StoreEntity } from "./stores/store.entity.ts";
import { StoreHandleEntity } from "./stores/store-handle.entity.ts";

const PRODUCTS = PAGE_SIZE.max + 1;
const now = new Date("2026-11-20T10:00:00Z");

describe("what the catalogue keeps of an account", () => {
  let database: TemporaryDatabase;
  beforeAll(async () => {
    database = await openTemporaryDatabase();
    await initializeShopKind(database.fork(), "marketplace");
    const em = database.fork();
    const insertUser = `insert into users (id, email, email_key, name, password_hash, created_at, updated_at) values (?, ?, ?, 'Ada', 'none', ?, ?)`;
    for (const id of ["u", "other"]) await em.execute(insertUser, [id, id, id, now, now]);
    const store = { id: uuid(), owner: "u", handle: "ada", name: "Ada", createdAt: now };
    await em.insert(StoreEntity, store);
    for (const handle of ["the-countess", "ada"]) {
      await em.insert(StoreHandleEntity, { handle, store: store.id, createdAt: now });
    }
    const insertProduct = `insert into products (id, store_id, slug, name, description, price_amount, price_currency, status, search_text, created_at, updated_at)
      values (?, ?, ?, ?, '', 100, 'EUR', 'published', '', ?, ?)`;
    for (let number = 1; number <= PRODUCTS; number += 1) {
      const values = [uuid(), store.id, `p-${number}`, `Number ${number}`, now, now];
      await em.execute(insertProduct, values);
    }
  });
  afterAll(() => database.close());

  const withDatabase = () => ({ extension: createCatalogExtension(database), em: database.fork() });

  it("is the store of a seller; a customer has none", async () => {
    const { extension, em } = withDatabase();
    expect(await extension.describe(em, "u")).toEqual({ handle: "ada", name: "Ada" });
    expect(await extension.describe(em, "other")).toBeNull();
  });

  it("is exported page by page, each when the one before has been taken", async () => {
    const { extension, em } = withDatabase();
    const read = vi.spyOn(database, "read");
    const files = await extension.exported(em, "u");
    expect(files["store.json"]).toEqual({
      endsAccessOnDispute: false,
      handle: "ada",
      name: "Ada",
      ...{ bio: "", legalName: "", legalAddress: "", contactEmail: "", payInstructions: "", takenDownReason: null },
      formerHandles: [{ handle: "the-countess", at: now }],
    });
    expect(read).toHaveBeenCalledTimes(0);
    const names: string[] = [];
    for await (const product of files["products.json"] as AsyncIterable<{ name: string; createdAt: string }>) {
      names.push(product.name);
      expect(product.createdAt).toBe(now.toISOString());
      expect(read).toHaveBeenCalledTimes(Math.ceil(names.length / PAGE_SIZE.max));
    }
    expect(names).toEqual(Array.from({ length: PRODUCTS }, (_, place) => `Number ${PRODUCTS - place}`));
  });

  it("is named by its newest products, and counted", async () => {
    const { extension, em } = withDatabase();
    expect(await extension.named(em, "u", 2)).toEqual({
      names: [`Number ${PRODUCTS}`, `Number ${PRODUCTS - 1}`],
      total: PRODUCTS,
    });
    expect(await extension.named(em, "other", 2)).toEqual({ names: [], total: 0 });
  });

  it("is off the shelf while the account is closed, unless the transaction of the caller is rolled back", async () => {
    const { extension } = withDatabase();
    const published = async () => {
      const sql = "select count(*) as count from products where status = 'published'";
      return Number((await database.read<{ count: number | string }>(sql, []))[0]?.count);
    };
    const closing = database.fork().transactional(async (em) => {
      await extension.closed(em, "u", now);
      throw new Error("the account's own change failed");
    });
    await expect(closing).rejects.toThrow("own change failed");
    expect(await published()).toBe(PRODUCTS);
    await database.fork().transactional((em) => extension.closed(em, "u", now));
    expect(await published()).toBe(0);
    await database.fork().transactional((em) => extension.reopened(em, "u"));
    expect(await published()).toBe(PRODUCTS);
  });
});
