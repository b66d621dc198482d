import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { faultsWith, gistOf, markdown, seenBy, verdictOf, withFault } from "./sabotage.mjs";
import { faults } from "./sabotage-faults.mjs";
import { journeyOutcomes, testOutcome } from "./sabotage-pages.mjs";
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
    else {
      const tests = read(`apps/web/${fault.test.file}`);
      const [control, named] = [fault.test.control, fault.test.name].map((name) => tests.indexOf(name));
      assert.ok(0 <= control && control < named, seenBy(fault));
    }
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

const SIGN_UP = "a sign-up makes an account with a store, and logs in";
const outcomes = (more) => new Map([["control", null], [SIGN_UP, null], ["named", null], ...more]);
const verdict = (...more) => verdictOf(outcomes(more), { red: "named", control: "control" });

test("a fault is seen by the scenario that is named for it and by no other, while the control is green", () => {
  assert.deepEqual(verdict(["named", "alive"]), { seen: "named", said: "alive" });
  assert.match(verdict(["another", "alive"]).problem, /stays green/);
  assert.match(verdict(["named", "alive"], ["control", "down"]).problem, /does not work at all: down/);
  assert.match(verdict(["named", undefined]).problem, /did not run/);
  assert.deepEqual(verdict(["named", ""]), { seen: "named", said: "" });
});

test("a fault by which the sign-up goes red as well is said to break more", () => {
  const told = verdict(["named", "alive"], [SIGN_UP, "500"]);
  assert.deepEqual(told, { seen: "named", said: "alive", breaksSignUp: true });
  const row = markdown([{ fault: { name: "x", file: "a/b/c.ts" }, ...told }])
    .split("\n")
    .at(-1);
  assert.equal(row, "| x | b/c.ts | named | alive (so does the sign-up) | sqlite, embedded |");
});

test("a journey that passed at its second try does not see a fault; one that was skipped did not run", () => {
  const results = [{ errors: [{ message: "Error: no button\nCall log: …" }] }];
  const specs = ["expected", "flaky", "unexpected", "skipped"].map((status) => ({
    title: status,
    tests: [{ status, results: status === "expected" || status === "skipped" ? [] : results }],
  }));
  assert.deepEqual(
    [...journeyOutcomes({ suites: [{ file: "x/a.spec.ts", specs: [...specs, { title: "none", tests: [] }] }] })],
    [
      ["a.spec.ts › expected", null],
      ["a.spec.ts › flaky", null],
      ["a.spec.ts › unexpected", "Error: no button\nCall log: …"],
    ],
  );
});

test("of the tests of a page those that are named count", () => {
  const one = (fullName, status) => ({ file: "/x/src/a.test.tsx", fullName, title: fullName, status });
  const ran = [one("R1: good", "passed"), { ...one("R2: bad", "failed"), failureMessages: ["Error: no"] }];
  const of = (name) => testOutcome([...ran, one("R3: left out", "skipped")], { file: "src/a.test.tsx", name });
  assert.equal(of("R1"), null);
  assert.deepEqual(of("R2"), { title: "R2: bad", said: "Error: no" });
  assert.equal(of("R3"), undefined);
});

test("of what was said the line that says most is told, short and fit for a table", () => {
  const differing = (expected, actual) => {
    try {
      assert.deepStrictEqual(actual, expected);
    } catch ({ message }) {
      return gistOf(message);
    }
  };
  assert.equal(gistOf("\u001b[31mthe session is back\u001b[39m\n    at x.ts:1:2"), "the session is back");
  assert.equal(differing(null, "ada@mail.example"), "+ 'ada@mail.example' - null");
  assert.equal(differing(["a"], ["b"]), "+ 'b' - 'a'");
  assert.equal(differing({ a: 1, b: true }, { a: 1, b: false }), "+ b: false - b: true");
  assert.equal(
    gistOf('Expected "actual" to be unequal to:\n\n"x"\n    at x.ts:1:2'),
    'Expected "actual" to be unequal to: "x"',
  );
  assert.equal(
    gistOf('Error: expect(page).toHaveURL(expected) failed\n\nExpected: "/"\nReceived: "/x"\nTimeout: 5000ms'),
    'Error: expect(page).toHaveURL(expected) failed Expected: "/" Received: "/x"',
  );
  assert.equal(gistOf(`it is ${"s%3AaB-9_.".repeat(9)} again`), "it is … again");
  assert.equal(gistOf("a b ".repeat(60)).length, 120);
  assert.equal(gistOf(""), "");
  const row = { fault: { name: "x", file: "a/b.ts" }, seen: "y", said: "1 | 2" };
  assert.match(markdown([row]), /\| y \| 1 \\\| 2 \|/);
});
