import { describe } from "vitest";
import { redisUrl } from "./services.ts";

export const allStoreKinds = ["embedded", "redis"] as const;
export type StoreKind = (typeof allStoreKinds)[number];

const given = process.env.TEST_SESSIONS as StoreKind | undefined;

/** The store of tests that name no store. */
export const defaultStore: StoreKind = given ?? "embedded";

/**
 * The session stores of this run: one, if vitest.config.ts names one. Suites that run on each have the store in their
 * name; the one on Redis says that it needs Redis.
 */
export const storeKinds: readonly StoreKind[] = given ? [given] : allStoreKinds;

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
