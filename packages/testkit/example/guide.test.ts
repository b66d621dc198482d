import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as kit from "@yumroad/testkit";
import { describe, expect, it } from "vitest";

const guide = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
const blocks = [...guide.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);
const tests = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".test.ts") && name !== "guide.test.ts")
  .map((name) => withoutIndents(readFileSync(join(import.meta.dirname, name), "utf8")));

/** Code in a test is indented further than in the guide. */
function withoutIndents(code: string): string {
  return code.replaceAll(/^ +/gm, "");
}

describe("the guide", () => {
  it.each(blocks)("shows what a test of the example runs: %s", (block) => {
    expect(tests.filter((code) => code.includes(withoutIndents(block)))).toHaveLength(1);
  });

  it("shows each thing in ten lines at most", () => {
    expect(blocks.length).toBeGreaterThan(10);
    expect(blocks.filter((block) => block.trim().split("\n").length > 10)).toEqual([]);
  });

  it.each(Object.keys(kit))("tells of %s", (name) => {
    expect(guide).toContain(name);
  });
});
