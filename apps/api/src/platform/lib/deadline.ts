import { AsyncLocalStorage } from "node:async_hooks";

/**
 * The milliseconds that a request has left for waiting on stores, the number of its waits in progress, and the time at
 * which the first of these began.
 */
interface Allowance {
  leftMs: number;
  openWaits: number;
  openSince: number;
}

const allowances = new AsyncLocalStorage<Allowance>();

/**
 * Runs a request's work, in which all waits for a store (`withinDeadline`) share one allowance of milliseconds. Hashing
 * and reading a slow sender's body use none of it: otherwise no time would be left for a healthy store, which would
 * then be reported as down.
 */
export function withDeadline<T>(allowanceMs: number, work: () => T): T {
  return allowances.run({ leftMs: allowanceMs, openWaits: 0, openSince: 0 }, work);
}

/**
 * Calls a store with the milliseconds that it may take: the rest of the request's allowance, or `otherwiseMs` outside
 * of `withDeadline`. When several waits overlap, the time that they share is deducted only once.
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
