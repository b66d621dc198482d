import { missingNeeds, type Scenario } from "./scenario.ts";
import type { TestEnvironment } from "./test-environment.ts";

export interface Outcome {
  scenario: Scenario;
  error: Error | null;
  ms: number;
}

interface RunOptions {
  /** Number of scenarios that run at the same time. Those marked `alone` never do. */
  atOnce?: number;
  /** Skips the remaining scenarios after the first failure. */
  stopAtFirst?: boolean;
  /** False if the environment serves only the notice that the pages are not built. True by default. */
  hasPages?: boolean;
  onOutcome?: (outcome: Outcome) => void;
}

/** Longer than any scenario takes, and longer than anyone watches a silent log. */
const PATIENCE_MS = 60_000;

/** Runs all scenarios that an environment supports and returns their outcomes. Never rejects. */
export async function runScenarios(
  env: TestEnvironment,
  scenarios: readonly Scenario[],
  { atOnce = 1, stopAtFirst = false, hasPages = true, onOutcome = () => {} }: RunOptions = {},
): Promise<Outcome[]> {
  const runnable = scenarios.filter(
    (scenario) => scenario.run && missingNeeds(scenario, env.pairing, hasPages).length === 0,
  );
  const outcomes: Outcome[] = [];
  const hasFailed = () => outcomes.some(({ error }) => error !== null);

  async function work(queue: Scenario[]): Promise<void> {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (stopAtFirst && hasFailed()) return;
      const outcome = await runOne(env, next);
      outcomes.push(outcome);
      onOutcome(outcome);
    }
  }

  const together = runnable.filter(({ alone }) => !alone);
  await Promise.all(Array.from({ length: atOnce }, () => work(together)));
  await work(runnable.filter(({ alone }) => alone));
  return outcomes;
}

async function runOne(env: TestEnvironment, scenario: Scenario): Promise<Outcome> {
  const startedAt = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It took longer than ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  const error = await Promise.race([
    scenario.run?.(scenario.alone ? env : withoutExclusiveOperations(env)),
    tooLong,
  ]).then(
    () => null,
    (reason: unknown) => (reason instanceof Error ? reason : new Error(String(reason))),
  );
  clearTimeout(timer);
  return { scenario, error, ms: Math.round(performance.now() - startedAt) };
}

/** An environment shared with other scenarios: operations that would disturb those throw. */
function withoutExclusiveOperations(env: TestEnvironment): TestEnvironment {
  const refuse = () => {
    throw new Error("Only a scenario that is `alone` may do this");
  };
  const faults = { kill: refuse, stall: refuse, slow: refuse, restore: refuse };
  return {
    ...env,
    clock: { now: () => env.clock.now(), advance: refuse },
    redis: faults,
    postgres: faults,
    loseSessions: refuse,
  };
}
