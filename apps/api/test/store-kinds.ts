import { describe } from "vitest";
import { redisUrl } from "./services.ts";

/** The two session stores. Suites that run on both are named after the store, the one on Redis as needing it. */
export const storeKinds = ["embedded", "redis"] as const;
export type StoreKind = (typeof storeKinds)[number];

/** Where a test names none: vitest runs it once for each (see vitest.config.ts). */
export const usualStore: StoreKind = process.env.TEST_SESSIONS === "redis" ? "redis" : "embedded";

/** Whether suites on a store can run on this machine. */
export function canRunOn(store: StoreKind): boolean {
  return store === "embedded" || redisUrl !== null;
}

/** The name of a suite on a store; a skipped one tells by it what it would have needed. */
export function named(suite: string, store: StoreKind): string {
  return store === "redis" ? `${suite} [needs Redis]` : `${suite} [embedded]`;
}

/** A suite once on each store, named and skipped as above. */
export function describeOnEachStore(suite: string, tests: (store: StoreKind) => void): void {
  for (const store of storeKinds) describe.skipIf(!canRunOn(store))(named(suite, store), () => tests(store));
}
