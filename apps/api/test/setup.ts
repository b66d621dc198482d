import { failOnUnexpectedConsole } from "@yumroad/testkit";
import { afterAll, afterEach, beforeEach } from "vitest";
import { lastly } from "./lastly.ts";

failOnUnexpectedConsole({ beforeEach, afterEach });

// After the hooks of the tests themselves: the first is called last.
afterAll(async () => {
  for (const work of lastly) await work();
});
