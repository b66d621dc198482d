import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { isHeld, pageOf, stateOf } from "./proof.mjs";
import { root } from "./tools.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");

test("a part holds when it came to its end, said so, and has measured something", () => {
  const run = { status: 0, isCutOff: false, printed: "| a |\n" };
  assert.equal(isHeld(run, {}), true);
  assert.equal(isHeld({ ...run, status: 1 }, {}), false);
  assert.equal(isHeld({ ...run, status: null }, {}), false);
  assert.equal(isHeld({ ...run, isCutOff: true }, {}), false);
  assert.equal(isHeld({ ...run, printed: "\n" }, {}), false);
  assert.equal(isHeld({ ...run, printed: "1 skipped\n" }, { says: /^sudden death, /m }), false);
});

/** As much of each part's output as its section of the page is made of. */
const printed = {
  scenarios:
    "3 scenarios over HTTP, each written once. 2 scenarios can be seen by a person.\n\n- **A** in process: sqlite, redis: 3 of 3, in 7 s\n- **Chromium** the journeys: 2 of 2, in 9 s\n",
  sabotage: "Each line is one change. 4 of 4 are seen.\n",
  mutation: "| `a.ts` | 5 | 4 | 0 | 80.0 % |\n| **All** | 10 | 9 | 1 | 90.0 % |\n",
  deaths: "✓ a test\nsudden death, SQLite: 100 kills\n",
  deliveries: "moments of death by SEED=1\ndeliveries, SQLite: 50 kills, 40 of them midway; 70 orders\n",
  faults:
    "| Fault | Answers | Slowest | Well again after |\n| Redis dies | 2 good, 1 503 | 592 ms | 654 ms | 0 |\n| Redis stalls | 3 good | 1972 ms | 24 ms | 0 |\n\nSoak: 5 good in 600 s.\n",
  load: [...read("docs/performance.md").matchAll(/^.* figures are reached|^\| .* \| yes \|$/gm)]
    .map(([line]) => line.replace(/^.*: do not edit\. /, ""))
    .join("\n"),
  peers:
    "### Session checks\n\n| Server | Sessions in | Dressed | Does | Undressed | Does | Copied |\n| --- | --- | --- | --- | --- | --- | --- |\n| ours | Redis | 8/s | 1 | 13/s | 1 | dead |\n\n### Sign-up\n",
};
const state = { date: "2026-11-27", commit: "2a9264b", machine: "2 cores", minutes: 5.44, isGood: true };
const reportsWith = (name, changes) =>
  new Map(
    Object.entries(printed).map(([part, text]) => [
      part,
      `${stateOf(part === name ? { ...state, ...changes } : state)}\n\n${text}`,
    ]),
  );

test("the page has each part's figures, and says of which commit they are", () => {
  const page = pageOf(reportsWith());
  for (const part of [
    /of commit `2a9264b`, measured on 2026-11-27 with 2 cores\./,
    /`pnpm prove scenarios`, 5\.4 minutes\. 3 sentences/,
    /^\| in process: sqlite, redis \| 3 of 3 \|$/m,
    /4 of 4 are seen/,
    /notice 9 of 10 changes: 90\.0 %/,
    /^- SQLite: 100 kills$/m,
    /^- SQLite: 50 kills, 40 of them midway; 70 orders$/m,
    /^\| slowest answer \| 1972 ms \|$/m,
    /^\| all answers good again .* \| 654 ms \|$/m,
    /^Soak: 5 good/m,
    /^\| memory after .* \| ≤ 170 MiB \| /m,
    /^\| ours \| Redis \| 8\/s \| 1 \| dead \|$/m,
  ])
    assert.match(page, part);
});

test("there is no page of parts that are missing, did not hold, or are of several commits", () => {
  const missing = reportsWith();
  missing.delete("faults");
  assert.throws(() => pageOf(missing), /no report of faults that held/);
  assert.throws(() => pageOf(reportsWith("load", { isGood: false })), /no report of load that held/);
  assert.throws(() => pageOf(reportsWith("load", { commit: "2a9264b with uncommitted changes" })), /no report of load/);
  assert.throws(() => pageOf(reportsWith("peers", { commit: "1234567" })), /peers was measured at 1234567/);
  const odd = reportsWith().set("deaths", `${stateOf(state)}\n\nnothing\n`);
  assert.throws(() => pageOf(odd), /A report lacks .*sudden death/);
});

test("the committed page is short, of one commit, and has the figures that the README quotes", () => {
  const page = read("docs/proof.md");
  assert.ok(page.split("\n").length <= 120);
  assert.match(page, /of commit `[0-9a-f]{7,}`/);
  const [, measured = ""] = /^## Measured$(.*?)^## /ms.exec(read("README.md")) ?? [];
  const quoted = [...measured.matchAll(/\*\*(.+?)\*\*/g)].map(([, figure]) => figure);
  assert.ok(quoted.length >= 5);
  assert.deepEqual(
    quoted.filter((figure) => !page.includes(figure)),
    [],
  );
});
