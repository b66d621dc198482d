import { AsyncLocalStorage } from "node:async_hooks";

/** What is left of a request's time for stores, and how many of its waits are going on, since when. */
interface Allowance {
  leftMs: number;
  openWaits: number;
  openSince: number;
}

const allowances = new AsyncLocalStorage<Allowance>();

/**
 * Runs work all of whose waits for a store share one allowance. What else it waits for uses nothing up: were a hash
 * or a slow sender's body counted, either would leave no time for a store that is well, and have it called down.
 */
export function withDeadline<T>(budgetMs: number, work: () => T): T {
  return allowances.run({ leftMs: budgetMs, openWaits: 0, openSince: 0 }, work);
}

/**
 * Asks a store, telling it how many milliseconds it has: what the request has left; `otherwiseMs` outside of one.
 * Time in which several waits go on at once counts once.
 */
export async function withinDeadline<T>(otherwiseMs: number, ask: (patienceMs: number) => Promise<T>): Promise<T> {
  const allowance = allowances.getStore();
  if (!allowance) return ask(otherwiseMs);
  const startedAt = performance.now();
  if (allowance.openWaits === 0) allowance.openSince = startedAt;
  allowance.openWaits += 1;
  try {
    return await ask(Math.max(0, allowance.leftMs - (startedAt - allowance.openSince)));
  } finally {
    allowance.openWaits -= 1;
    if (allowance.openWaits === 0) {
      allowance.leftMs = Math.max(0, allowance.leftMs - (performance.now() - allowance.openSince));
    }
  }
}
