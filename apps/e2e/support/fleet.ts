import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRoundRobin, createTcpFaults, freePort, type TcpFaults } from "@yumroad/testkit";
import { redisUrl, removeKeys } from "./redis.ts";
import { launch, type ProductServer } from "./server.ts";

/** Two processes of the product behind a proxy, with a fault proxy in front of Redis. */
export interface Fleet extends ProductServer {
  /** Faults between the processes and Redis; the machine's own Redis is never touched. */
  redisFaults: TcpFaults;
  /** True if every process reports to be ready. */
  isReady(): Promise<boolean>;
  /** Stops a process as an operator does, and starts it again on the same port. */
  restart(which?: 0 | 1): Promise<void>;
}

export async function startFleet(): Promise<Fleet> {
  const dataDir = await mkdtemp(join(tmpdir(), "yumroad-e2e-"));
  const prefix = `yumroad-test-${randomBytes(6).toString("hex")}:`;
  const redisFaults = await createTcpFaults(redisUrl);

  const ports = [await freePort(), await freePort()];
  const proxy = await createRoundRobin(ports.map((port) => ({ port })));
  const url = `http://localhost:${proxy.port}`;
  const settings = {
    PUBLIC_URL: url,
    SHOP_KIND: "marketplace",
    DATA_DIR: dataDir,
    REDIS_URL: redisFaults.url,
    REDIS_PREFIX: prefix,
  };
  const running = await Promise.all(ports.map((port) => launch(port, settings)));
  const ended: string[] = [];

  return {
    url,
    redisFaults,
    mailTray: running[0]?.mailTray ?? null,
    setupLink: running[0]?.setupLink ?? null,
    log: () => [...ended, ...running.map((server) => server.log())].join(""),
    isRunning: () => running.every((server) => server.isRunning()),
    operate: async (command, email) => running[0]?.operate(command, email),
    async isReady() {
      const answers = await Promise.all(ports.map((port) => fetch(`http://localhost:${port}/readyz`)));
      return answers.every(({ ok }) => ok);
    },
    async restart(which = 0) {
      const [server, port] = [running[which], ports[which]];
      if (!server || !port) return;
      await server.stop();
      ended.push(server.log());
      running[which] = await launch(port, settings);
    },
    async stop() {
      await proxy.close();
      await redisFaults.restore();
      await Promise.all(running.map((server) => server.stop())).finally(async () => {
        await redisFaults.close();
        await rm(dataDir, { recursive: true, force: true });
        await removeKeys(prefix);
      });
    },
  };
}
