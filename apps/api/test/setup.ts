import { failOnUnexpectedConsole } from "@yumroad/testkit";
import { afterAll, afterEach, beforeEach, vi } from "vitest";
import { lastly } from "./lastly.ts";

failOnUnexpectedConsole({ beforeEach, afterEach });

afterEach(() => void vi.useRealTimers());

// After the hooks of the tests themselves: the first is called last.
afterAll(async () => {
  vi.restoreAllMocks();
  for (const work of lastly) await work();
});
