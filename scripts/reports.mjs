// Adds up the reports that vitest and Playwright leave in TEST_REPORT_DIR.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * `{ passed, failed, skipped, skippedSuites, secondTries }` over every report in a folder; a suite by its name and its
 * count, and the names of the tests that passed only when they were tried again.
 */
export function addUp(folder) {
  const total = { passed: 0, failed: 0, skipped: 0, skippedSuites: new Map(), secondTries: [] };
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  for (const file of files) {
    const report = JSON.parse(readFileSync(join(folder, file), "utf8"));
    if (report.stats) addPlaywright(total, report);
    else addVitest(total, report);
  }
  return { ...total, reports: files.length };
}

/**
 * The packages of a workspace that run tests by this script, and have left no report in the folder: their tests did not
 * come to an end. Turbo does not say so itself: when it is told to stop it ends what it runs, and exits with 0.
 */
export function unreported(root, script, folder) {
  const packages = ["apps", "packages"].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => ({ name, manifest: join(root, group, name, "package.json") })),
  );
  return packages
    .filter(({ manifest }) => existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).scripts?.[script])
    .map(({ name }) => name)
    .filter((name) => !existsSync(join(folder, `${name}.json`)));
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

/** The closing lines: what was skipped, cut off or tried twice, by name, and the counts alone on the last line. */
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
