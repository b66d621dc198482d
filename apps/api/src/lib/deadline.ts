import { AsyncLocalStorage } from "node:async_hooks";

const allowances = new AsyncLocalStorage<{ leftMs: number }>();

/**
 * Runs work all of whose waits for a store share one allowance. What else it waits for uses nothing up: were a hash
 * or a slow sender's body counted, either would leave no time for a store that is well, and have it called down.
 */
export function withDeadline<T>(budgetMs: number, work: () => T): T {
  return allowances.run({ leftMs: budgetMs }, work);
}

/** Asks a store, telling it how many milliseconds it has: what the request has left; `otherwiseMs` outside of one. */
export async function withinDeadline<T>(otherwiseMs: number, ask: (patienceMs: number) => Promise<T>): Promise<T> {
  const allowance = allowances.getStore() ?? { leftMs: otherwiseMs };
  const startedAt = performance.now();
  try {
    return await ask(allowance.leftMs);
  } finally {
    allowance.leftMs = Math.max(0, allowance.leftMs - (performance.now() - startedAt));
  }
}
