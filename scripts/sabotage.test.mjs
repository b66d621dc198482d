import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gistOf, markdown, readSources, verdictOf, withFault } from "./sabotage.mjs";
import { faults } from "./sabotage-faults.mjs";
import { journeyOutcomes } from "./sabotage-pages.mjs";
import { root } from "./tools.mjs";

test("there are enough faults, each with a name of its own, and each can still be made", () => {
  assert.ok(faults.length >= 30);
  assert.equal(new Set(faults.map(({ name }) => name)).size, faults.length);
  const sources = readSources();
  for (const fault of faults) {
    const { source, faulty } = withFault(sources, fault);
    assert.notEqual(faulty, source);
  }
});

test("a fault is made in what is called so, and refused where it can't be made or could be made twice", () => {
  const fault = { name: "x", at: "one", find: "yes", replace: "no" };
  const make = (...texts) => {
    const sources = texts.map((source) => ({ file: "x.ts", source }));
    return withFault(sources, fault).faulty;
  };
  assert.equal(make("const other = yes;\nexport const one = yes;\n"), "const other = yes;\nexport const one = no;\n");
  assert.equal(
    make("async function one() {\n  yes;\n}\nclass Yes {}"),
    "async function one() {\n  no;\n}\nclass Yes {}",
  );
  assert.throws(() => make("const one = [yes, yes];"), /2 times/);
  assert.throws(() => make("const one = yes;", "const one = yes;"), /2 times/);
  assert.throws(() => make("const other = yes;", "const oneMore = yes;"), /0 times/);
});

test("what sees a fault of the server is a scenario, and of a page a journey", async () => {
  const { scenarios } = await import("../packages/scenarios/src/index.ts");
  const names = new Set(scenarios.map(({ name }) => name));
  for (const { red, journey = "" } of faults) {
    const [file, title] = journey.split(" › ");
    if (red) assert.ok(names.has(red), red);
    else assert.ok(readFileSync(join(root, "apps/e2e/journeys", file), "utf8").includes(`test("${title}"`), journey);
  }
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
