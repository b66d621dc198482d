import assert from "node:assert/strict";
import { test } from "node:test";
import { chromiumLegend, markOf, matrixOf, reportOf, resultsOf } from "./scenario-matrix.mjs";

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
  assert.equal(markOf({ name: "lost", rows: [], run, needs: ["pages"] }, column), "**✗**");
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
    "- **Chromium** the journeys, built pages and started server on sqlite, redis: 1 of 3, in 9 s",
  );
});

test("a journey that failed says why", () => {
  const errors = [{ message: "\u001b[31mError: no button\u001b[39m\nCall log: …" }];
  const specs = [{ title: "one", tests: [{ status: "unexpected", results: [{ errors }] }] }];
  assert.equal(resultsOf({ suites: [{ file: "a.spec.ts", specs }] }).get("a.spec.ts › one"), "Error: no button");
});

test("a journey that passed at its second try did not simply pass", () => {
  const results = [{ errors: [{ message: "Error: no button" }] }, { errors: [] }];
  const specs = [{ title: "one", tests: [{ status: "flaky", results }] }];
  assert.equal(resultsOf({ suites: [{ file: "a.spec.ts", specs }] }).get("a.spec.ts › one"), "Error: no button");
});

test("journeys that could not be looked at leave the other columns as they are, and say so", () => {
  const problem = "the build ended with 1";
  assert.deepEqual(rowsOf({ problem }), ["| one | R1 | – | ? |", "| two | R1 | – | ? |", "| three | R1 | – | ? |"]);
  assert.equal(chromiumLegend(seen, { problem }), "- **Chromium** was not measured: the build ended with 1");
});

test("it says how many run on each pairing, and how many where there is what they need", () => {
  const needing = [["redis"], ["pages"], []].map((needs, place) => ({ name: `${place}`, rows: ["R1"], run, needs }));
  const report = reportOf([{ title: "T", scenarios: [...needing, ...scenarios] }], [{ ...column, title: "A" }], null);
  assert.match(report, /^3 scenarios over HTTP/);
  assert.match(report, /2 of them run on each pairing; 1 are about Redis or Postgres/);
  assert.match(report, /3 scenarios can be seen by a person.* 0 of these run over HTTP too, 3 are of pages alone/);
});

test("a run that broke off is counted against what should have run", () => {
  const due = ["good", "bad", "lost"].map((name) => ({ name, rows: ["R1"], run }));
  const elsewhere = { name: "elsewhere", rows: ["R1"], run, needs: ["redis"] };
  const report = reportOf(
    [{ title: "T", scenarios: [...due, elsewhere] }],
    [{ ...column, title: "x", seconds: 9 }],
    null,
  );
  assert.match(report, /^- \*\*A\*\* x: 1 of 3, in 9 s$/m);
});

test("told to stop, it has the columns that were done, and says so; nothing when none was", () => {
  const chromium = { problem: "it was told to stop before that" };
  const report = reportOf([{ title: "T", scenarios }], [{ ...column, title: "A" }], chromium, { isStopped: true });
  assert.match(report, /\*\*It was told to stop before it was done\*\*/);
  assert.match(report, /\*\*Chromium\*\* was not measured/);
  assert.match(report, /^\| one \| R1 \| – \| \? \|$/m);
  assert.equal(reportOf([{ title: "T", scenarios }], [], chromium, { isStopped: true }), "");
});
