import assert from "node:assert/strict";
import { test } from "node:test";
import { faultsOf } from "./check-rooms.mjs";
import { parseSource } from "./sources.mjs";

const entities = [
  parseSource("apps/api/src/identity/users/user.entity.ts", 'export const UserEntity = { tableName: "users" };'),
  parseSource("apps/api/src/catalog/stores/store.entity.ts", 'export const StoreEntity = { tableName: "stores" };'),
];

const faults = (path, text) => faultsOf([...entities, parseSource(`apps/api/src/${path}`, text)]);

const importFaults = (path, to) => faults(path, `import "${"../".repeat(path.split("/").length - 1) || "./"}${to}";`);

for (const [from, to] of [
  ["platform/lib/clock.ts", "config/env.ts"],
  ["platform/http/serve.ts", "shop/queries.ts"],
  ["shop/queries.ts", "identity/users/queries.ts"],
  ["identity/auth/create-user.ts", "catalog/stores/create-store.ts"],
  ["identity/users/queries.ts", "identity/sessions/begin-session.ts"],
  ["identity/users/queries.ts", "identity/auth/policy.ts"],
  ["catalog/products/queries.ts", "dependencies.ts"],
  ["catalog/products/queries.ts", "cli/command-line.ts"],
  ["platform/db/sqlite.ts", "migrations/sqlite/index.ts"],
]) {
  test(`finds ${from} importing ${to} from above itself`, () => {
    const found = importFaults(from, to);
    assert.equal(found.length, 1);
    assert.match(found[0], /stands below/);
  });
}

for (const [from, to] of [
  ["platform/ui/button.tsx", "catalog/products/api.ts"],
  ["session/session-keeper.ts", "identity/users/api.ts"],
  ["catalog/products/api.ts", "sales/orders/api.ts"],
  ["catalog/products/api.ts", "app/paths.ts"],
  ["identity/users/api.ts", "app/routes/home.tsx"],
]) {
  test(`finds ${from} of the web app importing ${to} from above itself`, () => {
    const source = { path: `apps/web/src/${from}`, imports: [`apps/web/src/${to}`], texts: [] };
    assert.match(faultsOf([...entities, source])[0], /stands below/);
  });
}

test("lets a page of the web app import its rooms and its addresses", () => {
  const imports = ["catalog/products/api.ts", "app/paths.ts"].map((to) => `apps/web/src/${to}`);
  const source = { path: "apps/web/src/app/routes/product.tsx", imports, texts: [] };
  assert.deepEqual(faultsOf([...entities, source]), []);
});

for (const to of ["identity/account/present.ts", "catalog/stores/routes.ts"]) {
  test(`finds an import of ${to} by another folder, though it stands above`, () => {
    assert.match(importFaults("catalog/products/routes.ts", to)[0], /answer for their own folder/);
  });
}

for (const path of [
  "identity/avatars/queries.ts",
  "identity/auth/deep/queries.ts",
  "identity/queries.ts",
  "server.ts",
]) {
  test(`finds ${path}, whose place nobody has said`, () => assert.match(faults(path, "")[0], /not in ORDER/));
}

for (const [from, to] of [
  ["catalog/products/routes.ts", "catalog/products/present.ts"],
  ["catalog/products/routes.ts", "identity/users/queries.ts"],
  ["catalog/products/routes.ts", "identity/auth/policy.ts"],
  ["config/env.ts", "platform/lib/clock.ts"],
  ["routes.ts", "catalog/products/routes.ts"],
  ["platform/db/sqlite.test.ts", "entities.ts"],
]) {
  test(`lets ${from} import ${to}`, () => assert.deepEqual(importFaults(from, to), []));
}

for (const sql of [
  '"select 1 from stores"',
  '`select 1\n  from users u left join "stores" s on s.owner_id = u.id`',
  '"insert into stores (id) values (?)"',
  '"UPDATE stores SET name = ?"',
  '"delete from stores"',
  '"select key from product_keys"',
]) {
  test(`finds a table of a room above in ${sql}`, () => {
    const found = faults("identity/users/queries.ts", `// SQL\nconst sql = ${sql};`);
    assert.equal(found.length, 1);
    assert.match(
      found[0],
      /^apps\/api\/src\/identity\/users\/queries\.ts:2 names \w+ in SQL: identity\/users stands below/,
    );
  });
}

test("lets SQL name tables of its own folder and of those below, and tests and the assembly any", () => {
  const sql = 'const sql = "select 1 from users u join stores s on s.owner_id = u.id";';
  for (const path of ["catalog/stores/queries.ts", "catalog/products/queries.ts", "demo/seed.ts"]) {
    assert.deepEqual(faults(path, sql), []);
  }
  assert.deepEqual(faults("identity/users/queries.test.ts", sql), []);
});

test("takes no prose for SQL", () => {
  assert.deepEqual(faults("identity/users/queries.ts", '// from stores\nconst text = "Stores, taken from here";'), []);
});

test("refuses an entity whose table it can't see", () => {
  assert.throws(() => faults("identity/users/other.entity.ts", "export const OtherEntity = {};"), /no tableName/);
});
