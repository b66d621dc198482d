import { describe } from "vitest";
import { redisUrl } from "./services.ts";

/**
 * The two session stores. Suites that run on both have the store in their name; the one on Redis says that it needs
 * Redis.
 */
export const storeKinds = ["embedded", "redis"] as const;
export type StoreKind = (typeof storeKinds)[number];

/** The store of tests that name no store. Vitest runs them once for each (see vitest.config.ts). */
export const defaultStore: StoreKind = process.env.TEST_SESSIONS === "redis" ? "redis" : "embedded";

/** True if suites on this store can run on this machine. */
export function canRunOn(store: StoreKind): boolean {
  return store === "embedded" || redisUrl !== null;
}

/** The name of a suite on a store; a skipped suite thereby says what it needs. */
export function named(suite: string, store: StoreKind): string {
  return store === "redis" ? `${suite} [needs Redis]` : `${suite} [embedded]`;
}

/** Runs a suite on each store, named and skipped as above. */
export function describeOnEachStore(suite: string, tests: (store: StoreKind) => void): void {
  for (const store of storeKinds) describe.skipIf(!canRunOn(store))(named(suite, store), () => tests(store));
}
