import { expect, test } from "vitest";
import { expectConsole, failOnUnexpectedConsole } from "./unexpected-console.ts";

/** Runs a "test" between the two hooks, as a test runner would. */
function runWithHooks(body: () => void): void {
  let before = () => {};
  let after = () => {};
  failOnUnexpectedConsole({
    beforeEach: (run) => {
      before = run;
    },
    afterEach: (run) => {
      after = run;
    },
  });
  before();
  body();
  after();
}

/* biome-ignore-start lint/suspicious/noConsole: this file tests output on the console */
test("a line that nobody announced fails the test", () => {
  expect(() => runWithHooks(() => console.error("no %s", "good"))).toThrow("console.error: no good");
  expect(() => runWithHooks(() => console.log("chatter"))).toThrow("console.log: chatter");
});

test("an announced line passes", () => {
  runWithHooks(() => {
    expectConsole("no good");
    expectConsole(/^also \d$/g);
    console.error("this is no good");
    console.warn("also 1");
    console.warn("also 2");
  });
});

test("an announced line that never came fails the test", () => {
  expect(() => runWithHooks(() => expectConsole("the end"))).toThrow("not written: the end");
});

test("the console is what it was afterwards", () => {
  const original = console.warn;
  expect(() => runWithHooks(() => console.warn("x"))).toThrow();
  expect(console.warn).toBe(original);
});
/* biome-ignore-end lint/suspicious/noConsole: see above */
