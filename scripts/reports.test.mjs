import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { addUp, closingLines, packagesThatRun } from "./reports.mjs";

const folder = mkdtempSync(join(tmpdir(), "yumroad-reports-test-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function write(path, content) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), JSON.stringify(content));
}

const testOf = (title, status, failureMessages = []) => ({ ancestorTitles: [], title, status, failureMessages });

test("a package that has tests and left no report is named; one without such tests is not", () => {
  write("apps/api/package.json", { scripts: { test: "vitest run" } });
  write("apps/e2e/package.json", { scripts: { e2e: "playwright test" } });
  write("packages/contract/package.json", { scripts: { test: "vitest run" } });
  write("reports/contract.json", { numPassedTests: 3, numFailedTests: 0, testResults: [] });
  const addedUp = (script) => addUp(join(folder, "reports"), packagesThatRun(script, folder));
  assert.deepEqual(addedUp("test").unfinished, ["api"]);
  assert.deepEqual(addedUp("e2e").unfinished, ["e2e"]);
  // The run has failed, even if other files passed.
  assert.deepEqual([addedUp("test").passed, addedUp("test").failed], [3, 1]);
});

test("reports are added up: what was skipped or tried again by name, a file that did not load as a failure", () => {
  write("whole/contract.json", {
    numPassedTests: 2,
    numFailedTests: 0,
    testResults: [
      { status: "passed", assertionResults: [testOf("one", "passed"), testOf("again", "passed", ["red at first"])] },
      { status: "passed", assertionResults: [testOf("needs a Redis", "pending")] },
      { status: "failed", assertionResults: [] },
    ],
  });
  const { passed, failed, skipped, skippedSuites, secondTries } = addUp(join(folder, "whole"));
  assert.deepEqual({ passed, failed, skipped }, { passed: 2, failed: 1, skipped: 1 });
  assert.deepEqual([[...skippedSuites], secondTries], [[["needs a Redis", 1]], ["again"]]);
});

test("the last line has the counts, after the names of what did not come to an end", () => {
  const lines = closingLines({ passed: 3, failed: 1, skipped: 0, skippedSuites: new Map(), unfinished: ["api"] });
  assert.match(lines, /Did not come to an end.*\n {2}- api\n/);
  assert.equal(lines.split("\n").at(-1), "3 passed, 1 failed");
});
