// pnpm verify: runs all that CI runs, in its order, with one line of counts at the end.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addUp, closingLines, packagesThatRun } from "./reports.mjs";
import { prepareTools, root, run } from "./tools.mjs";

const reportDir = mkdtempSync(join(tmpdir(), "yumroad-reports-"));
const env = { ...prepareTools((text) => console.log(text)), TEST_REPORT_DIR: reportDir };

// Pages are built first, because tests of a started server and the journeys need them.
const steps = [
  ["pnpm", "install", "--frozen-lockfile", "--prefer-offline"],
  ["pnpm", "run", "build"],
  ["npm", "test"],
  ["pnpm", "run", "check"],
  ["pnpm", "run", "typecheck"],
  ["pnpm", "run", "e2e"],
];
/** Time limit, because a change should not wait longer for its result. */
const MOST_MINUTES = 20;

const begunAt = performance.now();
const failed = [];
for (const [command, ...args] of steps) {
  const what = [command, ...args].join(" ");
  console.log(`\n── ${what}`);
  const startedAt = performance.now();
  if ((await run(command, args, { env })) !== 0) failed.push(what);
  console.log(`── ${what}: ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
}

const minutes = (performance.now() - begunAt) / 60_000;
console.log(`\n── all of it: ${minutes.toFixed(1)} minutes`);
if (minutes > MOST_MINUTES) {
  const line = "!".repeat(72);
  console.log(`${line}\n!! This took more than ${MOST_MINUTES} minutes: too long to be waited for.\n${line}`);
}

const expected = ["test", "e2e"].flatMap((script) => packagesThatRun(script, root));
const total = addUp(reportDir, expected);
if (failed.length > 0) console.log(`\nFailed: ${failed.join("; ")}`);
console.log(closingLines({ ...total, failed: Math.max(total.failed, failed.length) }));
process.exitCode = failed.length > 0 || total.failed > 0 || total.passed === 0 ? 1 : 0;
