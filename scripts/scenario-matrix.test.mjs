import assert from "node:assert/strict";
import { test } from "node:test";
import { chromiumLegend, markOf, matrixOf, resultsOf } from "./scenario-matrix.mjs";

const column = {
  database: "sqlite",
  sessions: "embedded",
  marks: new Map([
    ["good", null],
    ["bad", "no"],
  ]),
};
const run = async () => {};
const scenarios = ["one", "two", "three"].map((name) => ({ name, rows: ["R1"], seenIn: `a.spec.ts › ${name}` }));
const seen = scenarios.map(({ seenIn }) => seenIn);
const rowsOf = (chromium) =>
  matrixOf([{ title: "T", scenarios }], [column], chromium)
    .split("\n")
    .slice(3);

test("a cell says green, red, or that it can't be there; what should have run and did not is red", () => {
  assert.equal(markOf({ name: "good", rows: [], run }, column), "✓");
  assert.equal(markOf({ name: "bad", rows: [], run }, column), "**✗**");
  assert.equal(markOf({ name: "lost", rows: [], run }, column), "**✗**");
  assert.equal(markOf({ name: "good", rows: [], run, needs: ["redis"] }, column), "–");
  assert.equal(markOf({ name: "a page's", rows: [], seenIn: "x" }, column), "–");
});

test("a journey that did not run, or was skipped, was not seen", () => {
  const specs = [
    { title: "one", tests: [{ status: "expected" }] },
    { title: "two", tests: [{ status: "skipped" }] },
  ];
  const results = resultsOf({ suites: [{ file: "a.spec.ts", specs: [], suites: [{ specs }] }] });
  assert.deepEqual(rowsOf({ results }), [
    "| one | R1 | – | ✓ |",
    "| two | R1 | – | **✗** |",
    "| three | R1 | – | **✗** |",
  ]);
  assert.equal(
    chromiumLegend(seen, { results, seconds: 9 }),
    "- **Chromium** the journeys, built pages and started server on sqlite, redis: 1 of 3, in 9 s with the build",
  );
});

test("a journey that failed says why", () => {
  const errors = [{ message: "\u001b[31mError: no button\u001b[39m\nCall log: …" }];
  const specs = [{ title: "one", tests: [{ status: "unexpected", results: [{ errors }] }] }];
  assert.equal(resultsOf({ suites: [{ file: "a.spec.ts", specs }] }).get("a.spec.ts › one"), "Error: no button");
});

test("journeys that could not be looked at leave the other columns as they are, and say so", () => {
  const problem = "the build ended with 1";
  assert.deepEqual(rowsOf({ problem }), ["| one | R1 | – | ? |", "| two | R1 | – | ? |", "| three | R1 | – | ? |"]);
  assert.equal(chromiumLegend(seen, { problem }), "- **Chromium** was not measured: the build ended with 1");
});
