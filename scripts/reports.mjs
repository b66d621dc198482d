// Adds up the reports that vitest and Playwright leave in TEST_REPORT_DIR.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * `{ passed, failed, skipped, skippedSuites, secondTries, unfinished }` over every report in a folder: skipped suites
 * with name and count, the names of tests that passed only when retried, and the expected packages without a report.
 * Their tests did not come to an end, so each of them counts as a failure.
 */
export function addUp(folder, expected = []) {
  const total = { passed: 0, failed: 0, skipped: 0, skippedSuites: new Map(), secondTries: [], unfinished: [] };
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  for (const file of files) {
    const report = JSON.parse(readFileSync(join(folder, file), "utf8"));
    if (report.stats) addPlaywright(total, report);
    else addVitest(total, report);
  }
  total.unfinished = expected.filter((name) => !files.includes(`${name}.json`));
  total.failed += total.unfinished.length;
  return total;
}

/**
 * The packages of a workspace that run tests by this script. Turbo's exit status does not prove that each has: when it
 * is told to stop, it ends its tasks and exits with 0.
 */
export function packagesThatRun(script, root) {
  return ["apps", "packages"].flatMap((group) =>
    readdirSync(join(root, group)).filter((name) => {
      const manifest = join(root, group, name, "package.json");
      return existsSync(manifest) && script in (JSON.parse(readFileSync(manifest, "utf8")).scripts ?? {});
    }),
  );
}

function addVitest(total, report) {
  total.passed += report.numPassedTests;
  total.failed += report.numFailedTests + failedFilesOf(report);
  for (const { assertionResults } of report.testResults) {
    for (const { status, ancestorTitles, title, failureMessages } of assertionResults) {
      if (status === "passed" && failureMessages?.length > 0)
        total.secondTries.push([...ancestorTitles, title].join(" › "));
      if (status === "passed" || status === "failed") continue;
      total.skipped += 1;
      count(total.skippedSuites, ancestorTitles.at(-1) ?? title);
    }
  }
}

/** A file that failed to load has no tests to count, but must count as a failure. */
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
      for (const test of spec.tests) {
        if (test.status === "skipped") count(total.skippedSuites, `${suite.title} (${test.projectName})`);
        if (test.status === "flaky") total.secondTries.push(`${suite.title} › ${spec.title} (${test.projectName})`);
      }
    }
    for (const inner of suite.suites ?? []) visit(inner);
  };
  for (const suite of report.suites ?? []) visit(suite);
}

function count(suites, name) {
  suites.set(name, (suites.get(name) ?? 0) + 1);
}

/** The closing lines: the names of skipped, unfinished and retried tests, and the counts alone on the last line. */
export function closingLines({ passed, failed, skipped, skippedSuites, secondTries = [], unfinished = [] }) {
  const names = [...skippedSuites].map(([name, tests]) => `${name}: ${tests}`);
  return [
    ...list("Skipped, since what they need is not there (REQUIRE_SERVICES=1 makes this a failure):", names),
    ...list("Did not come to an end, so that nobody knows:", unfinished),
    ...list("Passed only when tried again, which is a fault of the test or of what it tests:", secondTries),
    "",
    `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`,
  ].join("\n");
}

function list(heading, names) {
  return names.length === 0 ? [] : ["", heading, ...names.map((name) => `  - ${name}`)];
}
