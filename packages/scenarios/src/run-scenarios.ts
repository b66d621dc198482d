import { lacking, type Scenario } from "./scenario.ts";
import type { World } from "./world.ts";

export interface Outcome {
  scenario: Scenario;
  error: Error | null;
  ms: number;
}

interface RunOptions {
  /** How many go on at the same time. Those that want to be alone are. */
  atOnce?: number;
  /** Leaves out what comes after the first that fails. */
  stopAtFirst?: boolean;
  /** Whether the world has pages to serve, and not only the word that they are not built. Otherwise it has. */
  hasPages?: boolean;
  onOutcome?: (outcome: Outcome) => void;
}

/** Longer than any scenario takes, and than a reader of a log waits. */
const PATIENCE_MS = 60_000;

/** Runs all scenarios that can run in a world, and gives how each ended. It never rejects. */
export async function runScenarios(
  world: World,
  scenarios: readonly Scenario[],
  { atOnce = 1, stopAtFirst = false, hasPages = true, onOutcome = () => {} }: RunOptions = {},
): Promise<Outcome[]> {
  const runnable = scenarios.filter(
    (scenario) => scenario.run && lacking(scenario, world.pairing, hasPages).length === 0,
  );
  const outcomes: Outcome[] = [];
  const hasFailed = () => outcomes.some(({ error }) => error !== null);

  async function work(queue: Scenario[]): Promise<void> {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (stopAtFirst && hasFailed()) return;
      const outcome = await runOne(world, next);
      outcomes.push(outcome);
      onOutcome(outcome);
    }
  }

  const together = runnable.filter(({ alone }) => !alone);
  await Promise.all(Array.from({ length: atOnce }, () => work(together)));
  await work(runnable.filter(({ alone }) => alone));
  return outcomes;
}

async function runOne(world: World, scenario: Scenario): Promise<Outcome> {
  const startedAt = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It took longer than ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  const error = await Promise.race([scenario.run?.(scenario.alone ? world : sharing(world)), tooLong]).then(
    () => null,
    (reason: unknown) => (reason instanceof Error ? reason : new Error(String(reason))),
  );
  clearTimeout(timer);
  return { scenario, error, ms: Math.round(performance.now() - startedAt) };
}

/** A world that others are in as well: what would disturb them throws. */
function sharing(world: World): World {
  const refuse = () => {
    throw new Error("Only a scenario that is `alone` may do this");
  };
  const faults = { kill: refuse, stall: refuse, slow: refuse, restore: refuse };
  return {
    ...world,
    clock: { now: () => world.clock.now(), advance: refuse },
    redis: faults,
    postgres: faults,
    loseSessions: refuse,
  };
}
