import { randomBytes, randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { createRandom } from "@yumroad/scenarios";
import { freePort, median } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deleteKeys } from "../test/redis-keys.ts";
import { createServerProcess, type ServerProcess, shopSettings } from "../test/server-process.ts";
import { postgresUrl, redisUrl } from "../test/services.ts";
import { createTestDatabase, type TestDatabase } from "../test/test-database.ts";
import { createWorkload, type Workload } from "../test/workload.ts";

/** Number of kills over both pairs of stores together; `pnpm prove` sets `KILLS=200`. */
const KILLS = Number(process.env.KILLS ?? 8) / 2;
const LONGEST_LIFE_MS = 500;
/** Reproduces the moments of the kills; the work in progress at each depends on the machine. */
const SEED = Number(process.env.DEATHS_SEED || randomInt(2 ** 31));
/**
 * One in this many lives of the server lasts until every user has logged in and out, because most lives are too short
 * for a hash.
 */
const LONG_LIFE_EVERY = 4;
/** Answers of a healthy server; 0 when the process is dead; 503 when busy; 412 after a concurrent write. */
const EXPECTED_STATUSES = new Set([200, 201, 204, 0, 503, 412]);

const PAIRS = [
  { name: "SQLite, embedded", needsServices: false },
  { name: "Postgres, Redis [needs Postgres and Redis]", needsServices: true },
];

// Kills a production process at random moments, repeatedly, while users work with it.
for (const { name, needsServices } of PAIRS) {
  describe.skipIf(needsServices && (postgresUrl === null || redisUrl === null))(
    `sudden death: ${name}`,
    { timeout: 120_000 + KILLS * 10_000 },
    () => {
      const prefix = `yumroad-test-${randomBytes(6).toString("hex")}:`;
      let testDatabase: TestDatabase;
      let server: ServerProcess;
      let workload: Workload;

      beforeAll(async () => {
        testDatabase = await createTestDatabase(needsServices ? "postgres" : "sqlite");
        const redis = needsServices ? { url: redisUrl ?? "", prefix } : null;
        server = createServerProcess(await freePort(), shopSettings({ ...testDatabase, redis }));
        await server.start();
        workload = await createWorkload({ port: server.port, people: 3 });
      }, 120_000);
      afterAll(async () => {
        await server?.stop("SIGKILL");
        await testDatabase?.remove();
        if (needsServices) await deleteKeys(prefix);
      }, 60_000);

      it("killed over and over under load, it loses nothing that it acknowledged, and comes back by itself", async () => {
        process.stdout.write(`moments of death by DEATHS_SEED=${SEED}\n`);
        const random = createRandom(SEED);
        const backAfterMs: number[] = [];
        workload.start();
        for (let kill = 0; kill < KILLS; kill += 1) {
          await sleep(random() * LONGEST_LIFE_MS);
          if (kill % LONG_LIFE_EVERY === 0) await workload.allVisit();
          await server.stop("SIGKILL");
          const diedAt = performance.now();
          await server.start();
          backAfterMs.push(performance.now() - diedAt);
        }
        await sleep(LONGEST_LIFE_MS);
        await workload.stop();

        const wrong = workload.outcomes.filter(({ status }) => !EXPECTED_STATUSES.has(status));
        const { writes, logins, logouts } = workload.acknowledged;
        process.stdout.write(
          `sudden death, ${name.replace(/ \[.*/, "")}: ${KILLS} kills, ${writes} writes, ${logins} log-ins and ` +
            `${logouts} log-outs acknowledged, ` +
            `back after ${median(backAfterMs).toFixed(0)} ms (at most ${Math.max(...backAfterMs).toFixed(0)} ms)\n`,
        );
        expect(writes).toBeGreaterThan(KILLS);
        expect(logouts).toBeGreaterThanOrEqual(KILLS / 4);
        expect(workload.outcomes.some(({ status }) => status === 0)).toBe(true);
        expect(wrong).toEqual([]);
        expect(await workload.audit()).toEqual({ lost: [], strangers: [], loggedOut: [] });
      });
    },
  );
}
