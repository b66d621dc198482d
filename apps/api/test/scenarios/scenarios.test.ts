import { randomInt } from "node:crypto";
import { missingNeeds, type Outcome, type Pairing, runScenarios, sampleOf, scenarios } from "@yumroad/scenarios";
import { afterAll, beforeAll, describe, it } from "vitest";
import { canRunOn, storeKinds } from "../test-app.ts";
import { databaseKind } from "../test-database.ts";
import { type Driver, hasPages, openEnvironment, scenariosAtOnce } from "./drivers.ts";
import type { RunningEnvironment } from "./in-process.ts";

// Each scenario on each pairing takes minutes: `pnpm prove scenarios` does that. Here all of them run in process, and
// a new random sample of them against the started server.
const SAMPLE_SIZE = 10;

const seed = Number(process.env.SCENARIO_SEED || randomInt(2 ** 31));
process.stdout.write(`scenarios: samples by SCENARIO_SEED=${seed}\n`);

describe.each<Driver>(["in-process", "started"])("scenarios, %s", (driver) => {
  describe.each(storeKinds)("%s sessions", (sessions) => {
    const pairing: Pairing = { database: databaseKind, sessions };
    const there = scenarios.filter((scenario) => scenario.run && missingNeeds(scenario, pairing).length === 0);
    const wanted = driver === "in-process" ? there : sampleOf(there, SAMPLE_SIZE, seed);
    const chosen = wanted.filter((scenario) => missingNeeds(scenario, pairing, hasPages(driver)).length === 0);
    const pageless = wanted.filter((scenario) => !chosen.includes(scenario));
    const suite = `${driver} on ${databaseKind}${sessions === "redis" ? " [needs Redis]" : ""}`;

    describe.skipIf(!canRunOn(sessions))(suite, { timeout: 300_000 }, () => {
      let env: RunningEnvironment;
      const waiting = new Map(chosen.map((scenario) => [scenario, Promise.withResolvers<Outcome>()]));
      beforeAll(async () => {
        env = await openEnvironment(driver, pairing);
        void runScenarios(env, chosen, {
          atOnce: scenariosAtOnce(driver),
          hasPages: hasPages(driver),
          onOutcome: (outcome) => waiting.get(outcome.scenario)?.resolve(outcome),
        });
      }, 120_000);
      afterAll(() => env?.close(), 60_000);

      it.each(chosen.map((scenario) => ({ scenario, ...scenario })))("$name", async ({ scenario }) => {
        const outcome = await waiting.get(scenario)?.promise;
        if (outcome?.error) throw outcome.error;
      });
    });

    // The notice that the pages are not built has headers too, so it must not stand in for pages. CI builds first.
    if (pageless.length > 0 && canRunOn(sessions)) {
      if (process.env.REQUIRE_SERVICES) throw new Error("REQUIRE_SERVICES is set, and no pages are built: pnpm build");
      describe.skip(`${suite} [needs the built pages: pnpm build]`, () => {
        it.each(pageless)("$name", () => {});
      });
    }
  });
});
