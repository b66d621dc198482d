// npm test: installs, runs every test of the workspace through turbo, and lists at the end the skipped ones with reasons.
//   REDIS_URL          the Redis to use; the default is the standard port, if it answers
//   HIDE_SERVICES=1    behave as if there was none
//   REQUIRE_SERVICES=1 fail instead of skipping
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addUp, closingLines, packagesThatRun } from "./reports.mjs";
import { prepareTools, root, run } from "./tools.mjs";

const reportDir = process.env.TEST_REPORT_DIR || mkdtempSync(join(tmpdir(), "yumroad-reports-"));

try {
  const env = { ...prepareTools((text) => console.log(text)), TEST_REPORT_DIR: reportDir };
  const installed = await run("pnpm", ["install", "--frozen-lockfile", "--prefer-offline"], { env });
  if (installed !== 0) throw new Error("The packages could not be installed: what went wrong is above.");
  // One package at a time, because some tests measure time and test machines are small.
  const status = await run(
    "pnpm",
    ["exec", "turbo", "run", "test", "--concurrency=1", "--continue", "--output-logs=full"],
    { env },
  );
  const total = addUp(reportDir, packagesThatRun("test", root));
  console.log(closingLines(total));
  // A run without tests has not passed.
  process.exitCode = status !== 0 || total.failed > 0 || total.passed === 0 ? 1 : 0;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
