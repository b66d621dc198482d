import assert from "node:assert/strict";
import { test } from "node:test";
import { markOf, matrixOf, resultsOf } from "./scenario-matrix.mjs";

const column = {
  database: "sqlite",
  sessions: "embedded",
  marks: new Map([
    ["good", null],
    ["bad", "no"],
  ]),
};
const run = async () => {};

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
  const chromium = resultsOf({ suites: [{ file: "a.spec.ts", specs: [], suites: [{ specs }] }] });
  const scenarios = ["one", "two", "three"].map((name) => ({ name, rows: ["R1"], seenIn: `a.spec.ts › ${name}` }));
  const rows = matrixOf([{ title: "T", scenarios }], [column], chromium)
    .split("\n")
    .slice(3);
  assert.deepEqual(rows, ["| one | R1 | – | ✓ |", "| two | R1 | – | **✗** |", "| three | R1 | – | **✗** |"]);
});
