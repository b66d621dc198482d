import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Product } from "@yumroad/contract";
import { type Client, createRoundRobin, freePort, type RoundRobin } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deleteKeys } from "../test/redis-keys.ts";
import { browserAt, createServerProcess, type ServerProcess, shopSettings } from "../test/server-process.ts";
import { postgresUrl, redisUrl } from "../test/services.ts";
import { createTestDatabase, type TestDatabase } from "../test/test-database.ts";
import { ownProducts } from "../test/workload.ts";

const PASSWORD = "plum jam on the windowsill";
const price = { amount: 100, currency: "EUR" };

// Real production processes with the real cost of a hash: several seconds each on a busy machine.
describe.skipIf(postgresUrl === null || redisUrl === null)(
  "three processes behind a proxy [needs Postgres and Redis]",
  { timeout: 120_000 },
  () => {
    const prefix = `yumroad-test-${randomBytes(6).toString("hex")}:`;
    let testDatabase: TestDatabase;
    let processes: [ServerProcess, ServerProcess, ServerProcess];
    let proxy: RoundRobin;

    beforeAll(async () => {
      testDatabase = await createTestDatabase("postgres");
      const settings = shopSettings({ ...testDatabase, redis: { url: redisUrl ?? "", prefix } });
      const makeProcess = async () => createServerProcess(await freePort(), settings);
      processes = [await makeProcess(), await makeProcess(), await makeProcess()];
      // At the same moment, on an empty database.
      await Promise.all(processes.map((process) => process.start()));
      proxy = await createRoundRobin(processes);
    }, 120_000);
    afterAll(async () => {
      await proxy?.close();
      await Promise.all((processes ?? []).map((process) => process.stop("SIGKILL")));
      await testDatabase?.remove();
      await deleteKeys(prefix);
    }, 60_000);

    const browser = (port: number, from = "203.0.113.1") => browserAt(port, from);

    async function signUp(client: Client, name: string): Promise<string> {
      const email = `${name}-${randomBytes(4).toString("hex")}@example.com`;
      expect((await client.post("/api/auth/signup", { json: { name, email, password: PASSWORD } })).status).toBe(201);
      return email;
    }

    it("R77: two are restarted under load: no read fails, nobody is somebody else, nothing acknowledged is lost", async () => {
      const sellers = await Promise.all(
        ["mira", "jonas"].map(async (name) => {
          const client = browser(proxy.port);
          return { client, email: await signUp(client, name), slugs: [] as string[] };
        }),
      );
      const stranger = browser(proxy.port);
      const reads: number[] = [];
      const misses: string[] = [];
      let seen = 0;
      const writes: number[] = [];
      let isOver = false;
      const untilOver = async (work: () => Promise<void>) => {
        while (!isOver) {
          await work();
          await sleep(5);
        }
      };
      const load = [
        ...[1, 2].map(() => untilOver(async () => void reads.push((await stranger.get("/api/products")).status))),
        ...sellers.map(({ client, email }) =>
          untilOver(async () => {
            const { status, text } = await client.get("/api/auth/session");
            seen += 1;
            if (status !== 200 || !text.includes(`"${email}"`)) misses.push(`${email}: ${status} ${text}`);
          }),
        ),
        ...sellers.map(({ client, email, slugs }) =>
          untilOver(async () => {
            const json = { name: `Made by ${email}`.slice(0, 60), price };
            const answer = await client.post<Product>("/api/products", { json });
            writes.push(answer.status);
            if (answer.status === 201) slugs.push(answer.json.slug);
            // An account may list only a limited number of products a day (`productsOfAccount`).
            await sleep(75);
          }),
        ),
      ];

      const [first, second] = processes;
      const retriesBefore = proxy.retriesOfTaken;
      let writesBeforeKill = 0;
      let retriesOfTheGraceful = 0;
      try {
        await sleep(300);
        expect(await first.stop("SIGTERM")).toBe(0);
        await sleep(300);
        await first.start();
        await sleep(300);
        writesBeforeKill = writes.length;
        retriesOfTheGraceful = proxy.retriesOfTaken - retriesBefore;
        // Like a power cut: unacknowledged writes may be lost, and nothing else.
        await second.stop("SIGKILL");
        await sleep(300);
        await second.start();
        await sleep(300);
      } finally {
        isOver = true;
        await Promise.all(load);
      }

      expect(reads.length).toBeGreaterThan(20);
      expect(new Set(reads)).toEqual(new Set([200]));
      expect(seen).toBeGreaterThan(20);
      expect(misses).toEqual([]);
      // The proxy did not have to repeat a read that a process had accepted and then cut off.
      expect(retriesOfTheGraceful).toBe(0);
      // A process that is told to stop finishes its requests.
      expect(new Set(writes.slice(0, writesBeforeKill))).toEqual(new Set([201]));
      expect(writes.filter((status) => status !== 201 && status !== 502)).toEqual([]);
      for (const { client, slugs } of sellers) {
        expect(slugs.length).toBeGreaterThan(5);
        const kept = await ownProducts(client);
        expect(slugs.filter((slug) => !kept.has(slug))).toEqual([]);
      }
    });
  },
);
