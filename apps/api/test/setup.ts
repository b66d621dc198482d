import { failOnUnexpectedConsole } from "@yumroad/testkit";
import { afterAll, afterEach, beforeEach, vi } from "vitest";
import { afterAllTests } from "./after-all-tests.ts";

failOnUnexpectedConsole({ beforeEach, afterEach });

afterEach(() => void vi.useRealTimers());

// Runs after the tests' own hooks, because the first registered hook is called last.
afterAll(async () => {
  vi.restoreAllMocks();
  for (const work of afterAllTests) await work();
});
