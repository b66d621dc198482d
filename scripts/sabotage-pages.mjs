// What sees a fault of the pages: a journey in Chromium, against pages that are built with it.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { errorOf, journeysIn } from "./scenario-matrix.mjs";
import { capture } from "./tools.mjs";

const PATIENCE_MS = 180_000;
/** Whatever a fault does, the pages still show: otherwise red would say nothing of the fault. */
export const CONTROL_JOURNEY = "guards.spec.ts › an address that leads nowhere says so, logged in or not";

const literally = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

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
  const reports = mkdtempSync(join(folder, "reports-"));
  const playwright = [join(cwd, "node_modules/@playwright/test/cli.js"), "test", ...which];
  await capture(process.execPath, playwright, { cwd, env: { TEST_REPORT_DIR: reports }, patienceMs: PATIENCE_MS });
  const file = join(reports, "e2e.json");
  const report = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  rmSync(reports, { recursive: true, force: true });
  return journeyOutcomes(report);
}
