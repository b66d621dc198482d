// What sees a fault of the pages: a test of theirs, or a journey in Chromium against pages that are built with it.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { errorOf, journeysIn } from "./scenario-matrix.mjs";
import { capture } from "./tools.mjs";

const PATIENCE_MS = 180_000;
/** Whatever a fault does, the pages still show: otherwise red would say nothing of the fault. */
export const CONTROL_JOURNEY = "guards.spec.ts › an address that leads nowhere says so, logged in or not";

const literally = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * Runs tests of pages in the copy, by file and name. What vitest says of each, with its file. One that fails is tried
 * again, with a fault and without: a machine that is busy for a second shows no page in time, and that is no news.
 */
export async function runTests(folder, tests, args = []) {
  const cwd = join(folder, "apps/web");
  const pattern = tests.map(({ name }) => literally(name)).join("|");
  const which = [...new Set(tests.map(({ file }) => file)), "--testNamePattern", pattern, "--retry", "1"];
  const report = await reportOf(folder, (reports) => {
    const told = ["--reporter", "json", "--outputFile", join(reports, "report.json")];
    const vitest = [join(cwd, "node_modules/vitest/vitest.mjs"), "run", ...which, ...args, ...told];
    return capture(process.execPath, vitest, { cwd, env: { TEST_REPORT_DIR: "" }, patienceMs: PATIENCE_MS });
  });
  return (report?.testResults ?? []).flatMap((result) =>
    result.assertionResults.map((one) => ({ ...one, file: result.name })),
  );
}

/** Of the tests of that name: null when they have run and all of them passed, undefined when none ran, else what failed. */
export function testOutcome(ran, { file, name }) {
  const own = ran.filter((one) => one.file.endsWith(file) && one.fullName.includes(name));
  const failed = own.find(({ status }) => status === "failed");
  if (failed) return { title: failed.title, said: failed.failureMessages[0] ?? "" };
  return own.some(({ status }) => status === "passed") ? null : undefined;
}

/**
 * Of each journey that ran: null for green, else what was said. One that passed at its second try is green: it was the
 * machine that was busy, and not the fault. One that was skipped did not run.
 */
export function journeyOutcomes(report) {
  const ran = journeysIn(report).filter(({ tests }) => tests.some(({ status }) => status !== "skipped"));
  return new Map(
    ran.map(({ name, tests }) => {
      const bad = tests.find(({ status }) => status === "unexpected");
      return [name, bad ? (errorOf(bad) ?? bad.status) : null];
    }),
  );
}

/** Builds the pages of the copy and plays journeys: null for each that is green, else what was said; by file and title. */
export async function playJourneys(folder, journeys) {
  const web = join(folder, "apps/web");
  const built = await capture(process.execPath, [join(web, "node_modules/vite/bin/vite.js"), "build"], { cwd: web });
  if (built.status !== 0) return new Map();
  const cwd = join(folder, "apps/e2e");
  const [files, titles] = [0, 1].map((part) => [...new Set(journeys.map((one) => one.split(" › ")[part]))]);
  const which = [...files, "--grep", titles.map(literally).join("|"), "--project", "redis", "--retries", "1"];
  const report = await reportOf(folder, (reports) => {
    const playwright = [join(cwd, "node_modules/@playwright/test/cli.js"), "test", ...which];
    return capture(process.execPath, playwright, { cwd, env: { TEST_REPORT_DIR: reports }, patienceMs: PATIENCE_MS });
  });
  return report ? journeyOutcomes(report) : new Map();
}

/** What a command leaves in a folder for reports, which may be nothing. */
async function reportOf(folder, run) {
  const reports = mkdtempSync(join(folder, "reports-"));
  await run(reports);
  const file = ["report.json", "e2e.json"].map((name) => join(reports, name)).find(existsSync);
  const report = file ? JSON.parse(readFileSync(file, "utf8")) : null;
  rmSync(reports, { recursive: true, force: true });
  return report;
}
