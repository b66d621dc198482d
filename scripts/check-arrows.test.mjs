import assert from "node:assert/strict";
import { test } from "node:test";
import { faultsOf } from "./check-arrows.mjs";

const faults = (path, ...imports) => faultsOf([{ path, imports }]);

for (const [from, to] of [
  ["packages/contract/src/index.ts", "apps/web/"],
  ["packages/testkit/src/client.ts", "packages/contract/src/index.ts"],
  ["packages/testkit/example/app.test.ts", "apps/api/"],
  ["packages/scenarios/src/index.ts", "apps/api/"],
  ["apps/web/src/main.tsx", "apps/api/"],
  ["apps/web/src/platform/lib/call.ts", "packages/contract/recordings/index.ts"],
  ["apps/e2e/shop.spec.ts", "apps/api/"],
  ["apps/api/src/main.ts", "apps/api/test/test-app.ts"],
]) {
  test(`finds ${from} importing ${to}`, () => assert.equal(faults(from, to).length, 1));
}

test("lets a test import what its product may not", () => {
  assert.deepEqual(faults("apps/web/src/platform/lib/call.test.ts", "packages/contract/recordings/index.ts"), []);
});
