import { format } from "node:util";

const METHODS = ["log", "info", "warn", "error", "debug", "trace"] as const;
type ConsoleMethod = (typeof METHODS)[number];

/** The two hooks of a test runner that are needed; vitest's and jest's both fit. */
export interface TestHooks {
  beforeEach(run: () => void): void;
  afterEach(run: () => void): void;
}

interface Expectation {
  pattern: string | RegExp;
  seen: boolean;
}

let expectations: Expectation[] = [];
let unexpected: string[] = [];

/**
 * Makes every line on the console fail the test that wrote it, unless `expectConsole` announced the line. For a setup
 * file.
 *
 * @example
 * import { afterEach, beforeEach } from "vitest";
 * failOnUnexpectedConsole({ beforeEach, afterEach });
 */
export function failOnUnexpectedConsole({ beforeEach, afterEach }: TestHooks): void {
  let originals = new Map<ConsoleMethod, typeof console.log>();

  beforeEach(() => {
    expectations = [];
    unexpected = [];
    // biome-ignore lint/suspicious/noConsole: the methods replaced here are restored after the test
    originals = new Map(METHODS.map((method) => [method, console[method]]));
    for (const method of METHODS) console[method] = (...parts: unknown[]) => take(method, format(...parts));
  });

  afterEach(() => {
    for (const [method, original] of originals) console[method] = original;
    const missed = expectations
      .filter(({ seen }) => !seen)
      .map(({ pattern }) => `expected, but not written: ${pattern}`);
    const faults = [...unexpected, ...missed];
    if (faults.length > 0) throw new Error(`The console is not as the test expected:\n${faults.join("\n")}`);
  });
}

/** Announces a line for the rest of the running test. It may come any number of times, but at least once. */
export function expectConsole(pattern: string | RegExp): void {
  expectations.push({ pattern, seen: false });
}

function take(method: ConsoleMethod, line: string): void {
  const matching = expectations.filter(({ pattern }) =>
    typeof pattern === "string"
      ? line.includes(pattern)
      : new RegExp(pattern, pattern.flags.replace("g", "")).test(line),
  );
  for (const expectation of matching) expectation.seen = true;
  if (matching.length === 0) unexpected.push(`console.${method}: ${line}`);
}
