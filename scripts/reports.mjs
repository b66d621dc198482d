// Adds up the reports that vitest and Playwright leave in TEST_REPORT_DIR.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** `{ passed, failed, skipped, skippedSuites }` over every report in a folder; a suite by its name and its count. */
export function addUp(folder) {
  const total = { passed: 0, failed: 0, skipped: 0, skippedSuites: new Map() };
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  for (const file of files) {
    const report = JSON.parse(readFileSync(join(folder, file), "utf8"));
    if (report.stats) addPlaywright(total, report);
    else addVitest(total, report);
  }
  return { ...total, reports: files.length };
}

function addVitest(total, report) {
  total.passed += report.numPassedTests;
  total.failed += report.numFailedTests + failedFilesOf(report);
  for (const { assertionResults } of report.testResults) {
    for (const { status, ancestorTitles, title } of assertionResults) {
      if (status === "passed" || status === "failed") continue;
      total.skipped += 1;
      count(total.skippedSuites, ancestorTitles.at(-1) ?? title);
    }
  }
}

/** A file that could not even be loaded has no tests to count, and must not look like nothing. */
function failedFilesOf(report) {
  return report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  ).length;
}

function addPlaywright(total, report) {
  total.passed += report.stats.expected + report.stats.flaky;
  total.failed += report.stats.unexpected + (report.errors?.length ?? 0);
  total.skipped += report.stats.skipped;
  const visit = (suite) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests)
        if (test.status === "skipped") count(total.skippedSuites, `${suite.title} (${test.projectName})`);
    }
    for (const inner of suite.suites ?? []) visit(inner);
  };
  for (const suite of report.suites ?? []) visit(suite);
}

function count(suites, name) {
  suites.set(name, (suites.get(name) ?? 0) + 1);
}

/** The closing lines: what was skipped, by name, and the counts alone on the last line. */
export function closingLines({ passed, failed, skipped, skippedSuites }) {
  const names = [...skippedSuites].map(([name, tests]) => `  - ${name}: ${tests}`);
  const lines =
    names.length > 0
      ? ["", "Skipped, since what they need is not there (REQUIRE_SERVICES=1 makes this a failure):", ...names]
      : [];
  return [...lines, "", `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`].join("\n");
}
