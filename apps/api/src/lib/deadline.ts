import { AsyncLocalStorage } from "node:async_hooks";

const deadlines = new AsyncLocalStorage<number>();

/** Runs work of which everything that asks `timeLeft` shares one deadline, `budgetMs` from now. */
export function withDeadline<T>(budgetMs: number, work: () => T): T {
  return deadlines.run(performance.now() + budgetMs, work);
}

/** Milliseconds left until the deadline of the request under way; `otherwise` outside of one. Never below 0. */
export function timeLeft(otherwise: number): number {
  const endsAt = deadlines.getStore();
  return endsAt === undefined ? otherwise : Math.max(0, endsAt - performance.now());
}
