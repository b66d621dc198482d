import type { ProductCard } from "@yumroad/contract";
import { createClock, createLogCapture } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTemporaryDatabase, type TemporaryDatabase } from "../../test/temporary-database.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { createTestApp, whoIs } from "../../test/test-app.ts";
import { createCatalogExtension } from "../catalog/account-extension.ts";
import { createDependencies } from "../dependencies.ts";
import { passwordWeakness } from "../identity/users/password-weakness.ts";
import { findAccountByEmail } from "../identity/users/queries.ts";
import { createLogger } from "../platform/lib/logger.ts";
import { createPasswordHasher } from "../platform/lib/password-hasher.ts";
import { createDiskStorage } from "../platform/storage/create-disk-storage.ts";
import { initializeShopKind } from "../shop/shop-kind.ts";
import { demoLogin, demoStores } from "./demo-stores.ts";
import { seedDemo } from "./seed-demo.ts";

const clock = createClock("2030-01-01T00:00:00Z");
const hasher = createPasswordHasher({
  cost: 4,
  peppers: [{ id: "test", secret: "a pepper of tests, long enough" }],
  queueLength: 64,
}).forParty({ group: "a block", member: "an address" });
const folder = temporaryFolder();
const fileStorage = await createDiskStorage(folder.path);
afterAll(folder.remove);

describe("the demo's data", () => {
  let database: TemporaryDatabase;
  beforeAll(async () => {
    database = await openTemporaryDatabase();
    await initializeShopKind(database.fork(), "marketplace");
    await seedDemo({
      em: database.fork(),
      hasher,
      clock,
      accountExtension: createCatalogExtension(database),
      fileStorage,
    });
  });
  afterAll(() => database.close());

  it("are two stores and thirty products", async () => {
    expect(await database.countOf("users")).toBe(2);
    expect(await database.countOf("stores")).toBe(2);
    expect(await database.countOf("products")).toBe(30);
  });

  it("have a log-in that fits, by a password that anybody could have chosen", async () => {
    const account = await findAccountByEmail(database.fork(), demoLogin.email);
    expect((await hasher.verify(demoLogin.password, account?.passwordHash ?? null)).isRight).toBe(true);
    for (const { owner, email } of demoStores)
      expect(await passwordWeakness(demoLogin.password, { name: owner, email })).toBeNull();
  });

  it("give buyers of each product a file, whose bytes are there", async () => {
    const files = await database.read<{ id: string; name: string; size: number | string }>(
      `select f.id as "id", f.name as "name", f.size as "size" from files f
         join content_versions v on v.file_id = f.id join contents c on c.id = v.content_id`,
      [],
    );
    expect(files).toHaveLength(30);
    for (const { id, name, size } of files) {
      expect(name).toMatch(/\.pdf$/);
      expect(await fileStorage.sizeOf(id)).toBe(Number(size));
    }
  });

  it("have a discount code of the seller that anybody can log in as", async () => {
    const sql =
      "select d.code, u.email from discounts d join stores s on s.id = d.store_id join users u on u.id = s.owner_id";
    expect(await database.fork().execute(sql)).toEqual([{ code: "WELCOME10", email: demoLogin.email }]);
  });

  it("have addresses that need no confirming: nobody reads mail there", async () => {
    const unproven = await database.fork().execute("select email from users where email_verified_at is null");
    expect(unproven).toEqual([]);
  });

  it("are not made twice, and not beside anybody's own", async () => {
    await seedDemo({
      em: database.fork(),
      hasher,
      clock,
      accountExtension: createCatalogExtension(database),
      fileStorage,
    });
    expect(await database.countOf("products")).toBe(30);
    await database.fork().execute("delete from products");
    await seedDemo({
      em: database.fork(),
      hasher,
      clock,
      accountExtension: createCatalogExtension(database),
      fileStorage,
    });
    expect(await database.countOf("products")).toBe(0);
  });
});

describe("R81: the demo's accounts", () => {
  it("R81: are there in the local demo", async () => {
    const app = await createTestApp({ publicUrl: "http://localhost:3000" });
    const { config } = app;
    const demo = await createDependencies({ ...config, isLocalDemo: true }, createLogger("info", createLogCapture()), {
      hashCost: 4,
    });
    await demo.close();

    const { client } = await app.logIn(demoLogin);
    expect((await whoIs(client))?.name).toBe(demoStores[0]?.owner);
    const { json } = await client.get<{ items: ProductCard[] }>("/api/products");
    expect(new Set(json.items.map(({ store }) => store.handle)).size).toBe(2);
    expect((await client.get<{ items: ProductCard[] }>("/api/me/products")).json.items).toHaveLength(15);
    await app.close();
  });

  it("R81: are never there anywhere else", async () => {
    const app = await createTestApp();
    const answer = await app.visitor().post("/api/auth/login", { json: demoLogin });
    expect(answer.status).toBe(401);
    expect((await app.visitor().get("/api/products")).json).toEqual({ items: [], nextCursor: null });
    await app.close();
  });
});
