import { AsyncLocalStorage } from "node:async_hooks";

/** The rest of a request's time for stores, and the number of its current waits with their start. */
interface Allowance {
  leftMs: number;
  openWaits: number;
  openSince: number;
}

const allowances = new AsyncLocalStorage<Allowance>();

/**
 * Runs work in which all waits for a store share one allowance. Other waits use none of it: if a hash or a slow
 * sender's body counted, no time would be left for a healthy store, which would then be reported as down.
 */
export function withDeadline<T>(allowanceMs: number, work: () => T): T {
  return allowances.run({ leftMs: allowanceMs, openWaits: 0, openSince: 0 }, work);
}

/**
 * Calls a store with the milliseconds that it may take: the rest of the request's allowance, or `otherwiseMs` outside
 * of a request. Time in which several waits overlap counts once.
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
