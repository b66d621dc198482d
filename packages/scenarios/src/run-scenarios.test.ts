import { expect, it } from "vitest";
import { runScenarios } from "./run-scenarios.ts";
import type { Scenario } from "./scenario.ts";
import type { TestEnvironment } from "./test-environment.ts";

const noEnvironment = {
  pairing: { database: "sqlite", sessions: "embedded" },
  clock: { advance: async () => {} },
} as unknown as TestEnvironment;
const scenario = (name: string, more: Partial<Scenario> = {}): Scenario => ({
  name,
  rows: [],
  run: async () => {},
  ...more,
});
const fails = async () => {
  throw new Error("no");
};

it("tells of each scenario how it ended, and leaves out what can't be there", async () => {
  const some = [
    scenario("holds"),
    scenario("does not", { run: fails }),
    scenario("needs Redis", { needs: ["redis"] }),
    scenario("needs pages", { needs: ["pages"] }),
    { name: "is a page's", rows: [], seenIn: "x" },
  ];
  const outcomes = await runScenarios(noEnvironment, some, { hasPages: false });
  expect(outcomes.map(({ scenario: { name }, error }) => [name, error?.message])).toEqual([
    ["holds", undefined],
    ["does not", "no"],
  ]);
});

it("stops at the first that fails, if asked to", async () => {
  const outcomes = await runScenarios(noEnvironment, [scenario("a", { run: fails }), scenario("b")], {
    stopAtFirst: true,
  });
  expect(outcomes).toHaveLength(1);
});

it("lets those that want to be alone come last, one after the other, and only them move the clock", async () => {
  let running = 0;
  let most = 0;
  const run = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
  };
  const together = [1, 2, 3].map((number) => scenario(`together ${number}`, { run }));
  await runScenarios(noEnvironment, together, { atOnce: 3 });
  expect(most).toBe(3);
  most = 0;
  const moving = async (env: TestEnvironment) => {
    await env.clock.advance("1h");
    await run();
  };
  const outcomes = await runScenarios(
    noEnvironment,
    [
      scenario("alone 1", { alone: true, run: moving }),
      scenario("alone 2", { alone: true, run: moving }),
      scenario("not alone", { run: moving }),
    ],
    { atOnce: 3 },
  );
  expect(most).toBe(1);
  expect(outcomes.map(({ scenario: { name }, error }) => [name, error?.message])).toEqual([
    ["not alone", "Only a scenario that is `alone` may do this"],
    ["alone 1", undefined],
    ["alone 2", undefined],
  ]);
});
