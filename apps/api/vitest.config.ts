import { globSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { postgresUrl, redisUrl } from "./test/services.ts";

type Database = "sqlite" | "postgres";

const reportDir = process.env.TEST_REPORT_DIR;
const everything = globSync(["{src,test,faults}/**/*.test.ts"], { cwd: import.meta.dirname });

/** Tests that open a database: these run a second time, on Postgres. */
const onDatabase = everything.filter((file) =>
  /\/(?:test-app|temporary-database|demo-sale|stripe-shop)\.ts"/.test(
    readFileSync(`${import.meta.dirname}/${file}`, "utf8"),
  ),
);

/** Tests of sessions run on Postgres with its own store as well: there several requests are in the store at once. */
const ofSessions = onDatabase.filter((file) => file.includes("/sessions/"));

/** Tests that measure time, or load the machine: they run by themselves, one after the other, when all others are done. */
const alone = [
  "src/platform/db/faults.test.ts",
  "src/identity/auth/login.test.ts",
  "src/identity/auth/over-long-passwords.test.ts",
  "src/identity/auth/too-many-passwords.test.ts",
  "src/identity/password/forgot-password.test.ts",
  "src/platform/http/close-gracefully.test.ts",
  "src/platform/lib/redis-circuit-breaker.test.ts",
  "src/platform/rate-limit/rate-limiter.test.ts",
  "src/several-processes.test.ts",
  "src/slow-texts.test.ts",
  "test/scenarios/scenarios.test.ts",
];

/** Where all services have to be there, a test that fails is tried again, and named in the closing lines. */
const retry = process.env.REQUIRE_SERVICES === "1" ? 1 : 0;
const common = { setupFiles: ["./test/setup.ts"], testTimeout: 20_000, hookTimeout: 20_000, retry };

type Sessions = "embedded" | "redis";

/**
 * SQLite with its own sessions and Postgres with Redis: as people run them, and so that each test runs once on each
 * database and once on each store. `pnpm prove scenarios` looks at all four pairs. Where a service is missing the tests
 * are told of no store, and take both, so that those are named that are skipped.
 */
const isPaired = redisUrl !== null && postgresUrl !== null;

/** Tests that can share the machine, on one database and one session store. */
function together(name: string, database: Database, sessions: Sessions, include: string[]) {
  const env = { TEST_DATABASE: database, ...(isPaired && { TEST_SESSIONS: sessions }) };
  return { test: { ...common, name, include, exclude: alone, env, sequence: { groupOrder: 0 } } };
}

/** The tests of these files on one database: those that can share the machine, and those that can't. */
function onOne(database: Database, sessions: Sessions, files: string[]) {
  const shared = together(database, database, sessions, files);
  const include = files.filter((file) => alone.includes(file));
  const test = { ...shared.test, name: `${database}, alone`, include, exclude: [], maxWorkers: 1 };
  return [shared, { test: { ...test, sequence: { groupOrder: 1 } } }];
}

export default defineConfig({
  test: {
    // Most of them wait for a mail, a process or a hash most of the time.
    maxWorkers: 2,
    // Modules are loaded once for each worker, and not for each file: a third less for the processor. What a test
    // stubs ends with its file (test/setup.ts).
    isolate: false,
    projects: [
      ...onOne("sqlite", "embedded", everything),
      ...(postgresUrl === null ? [] : onOne("postgres", "redis", onDatabase)),
      ...(isPaired ? [together("postgres, embedded", "postgres", "embedded", ofSessions)] : []),
    ],
    reporters: reportDir ? ["default", ["json", { outputFile: `${reportDir}/api.json` }]] : ["default"],
  },
});
