// pnpm verify: all that CI runs, in its order, with one line of counts at the end.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addUp, closingLines } from "./reports.mjs";
import { prepareTools, run } from "./tools.mjs";

const reportDir = mkdtempSync(join(tmpdir(), "yumroad-reports-"));
const env = { ...prepareTools((text) => console.log(text)), TEST_REPORT_DIR: reportDir };

const steps = [
  ["npm", "test"],
  ["pnpm", "run", "check"],
  ["pnpm", "run", "typecheck"],
  ["pnpm", "run", "build"],
  ["pnpm", "run", "e2e"],
];

const failed = [];
for (const [command, ...args] of steps) {
  const what = [command, ...args].join(" ");
  console.log(`\n── ${what}`);
  const startedAt = performance.now();
  if ((await run(command, args, { env })) !== 0) failed.push(what);
  console.log(`── ${what}: ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
}

const total = addUp(reportDir);
if (failed.length > 0) console.log(`\nFailed: ${failed.join("; ")}`);
console.log(closingLines({ ...total, failed: Math.max(total.failed, failed.length) }));
process.exitCode = failed.length > 0 || total.failed > 0 || total.passed === 0 ? 1 : 0;
