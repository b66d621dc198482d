import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { faultsWith, seenBy, withFault } from "./sabotage.mjs";
import { faults } from "./sabotage-faults.mjs";
import { root } from "./tools.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");

test("there are enough faults, each with a name of its own, and each can still be made", () => {
  assert.ok(faults.length >= 30);
  assert.equal(new Set(faults.map(({ name }) => name)).size, faults.length);
  for (const fault of faults) assert.notEqual(withFault(read(fault.file), fault), read(fault.file));
});

test("a fault that is not there once is refused", () => {
  assert.throws(() => withFault("a b a", { name: "x", find: "a", replace: "" }), /2 times/);
  assert.throws(() => withFault("b", { name: "x", find: "a", replace: "" }), /0 times/);
});

test("what sees a fault of the server is a scenario, and of a page a test", async () => {
  const { scenarios } = await import("../packages/scenarios/src/index.ts");
  const names = new Set(scenarios.map(({ name }) => name));
  for (const fault of faults) {
    if (fault.red) assert.ok(names.has(fault.red), fault.red);
    else assert.ok(read(`apps/web/${fault.test.file}`).includes(fault.test.name), seenBy(fault));
    const [file, title] = fault.journey?.split(" › ") ?? [];
    if (file) assert.ok(read(`apps/e2e/journeys/${file}`).includes(`test("${title}"`), fault.journey);
  }
});

test("a fault that needs a service is made where that is there; all others anywhere", () => {
  const all = { redis: "redis://here", postgres: "postgres://here" };
  assert.deepEqual(faultsWith(all), faults);
  const missing = (services) => faults.filter((fault) => !faultsWith(services).includes(fault)).map(({ on }) => on);
  assert.deepEqual(new Set(missing({ ...all, redis: null }).map(({ sessions }) => sessions)), new Set(["redis"]));
  assert.deepEqual(new Set(missing({ ...all, postgres: null }).map(({ database }) => database)), new Set(["postgres"]));
  const anywhere = faultsWith({ redis: null, postgres: null });
  assert.ok(anywhere.some(({ test }) => test));
  assert.ok(anywhere.every(({ on }) => !on));
});
