import assert from "node:assert/strict";
import { test } from "node:test";
import { faultsOf, readGraph } from "./check-arrows.mjs";
import { root } from "./tools.mjs";

const graph = (arrows) => new Map(Object.entries(arrows));

test("sees the workspace's modules and their imports", () => {
  const found = readGraph(root);
  assert.ok(found.get("apps/api/src/app.ts")?.includes("apps/api/src/platform/http/serve.ts"));
  assert.ok(found.get("apps/api/src/catalog/products/routes.ts")?.includes("packages/contract/src/index.ts"));
});

test("finds a planted circle", () => {
  const faults = faultsOf(graph({ "a.ts": ["b.ts"], "b.ts": ["c.ts"], "c.ts": ["a.ts"] }));
  assert.deepEqual(faults, ["a circle: a.ts → b.ts → c.ts → a.ts"]);
});

for (const [from, to] of [
  ["packages/contract/src/index.ts", "apps/web/"],
  ["packages/testkit/src/client.ts", "packages/contract/src/index.ts"],
  ["packages/testkit/example/app.test.ts", "apps/api/"],
  ["packages/scenarios/src/index.ts", "apps/api/"],
  ["apps/web/src/main.tsx", "apps/api/"],
  ["apps/web/src/lib/call.ts", "packages/contract/recordings/index.ts"],
  ["apps/api/src/platform/http/serve.ts", "apps/api/src/catalog/products/queries.ts"],
  ["apps/api/src/catalog/products/routes.ts", "apps/api/src/identity/account/present.ts"],
  ["apps/web/src/features/products/api.ts", "apps/web/src/features/accounts/api.ts"],
  ["apps/web/src/components/button.tsx", "apps/web/src/features/products/api.ts"],
  ["apps/api/src/main.ts", "apps/api/test/test-app.ts"],
]) {
  test(`finds ${from} importing ${to}`, () => {
    assert.equal(faultsOf(graph({ [from]: [to] })).length, 1);
  });
}

test("lets a feature use its own presenter and another's queries", () => {
  const own = ["apps/api/src/catalog/products/present.ts", "apps/api/src/identity/users/queries.ts"];
  assert.deepEqual(faultsOf(graph({ "apps/api/src/catalog/products/routes.ts": own })), []);
});

test("lets a test import what its product may not", () => {
  const arrows = { "apps/web/src/lib/call.test.ts": ["packages/contract/recordings/index.ts"] };
  assert.deepEqual(faultsOf(graph(arrows)), []);
});
