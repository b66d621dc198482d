import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, createClient } from "@yumroad/testkit";

const MAIN = join(import.meta.dirname, "../src/main.ts");
const STARTS_WITHIN_MS = 60_000;

/** The public address of a shop in its own process. */
export const PUBLIC_URL = "https://shop.example";

/** Settings of a production shop behind one proxy that ends TLS. Its secrets outlive the process. */
export function shopSettings(stores: {
  folder: string;
  databaseUrl?: string | null;
  redis?: { url: string; prefix: string } | null;
}): Record<string, string> {
  return {
    HOST: "127.0.0.1",
    PUBLIC_URL,
    DATA_DIR: stores.folder,
    SHOP_KIND: "marketplace",
    ...(stores.databaseUrl && { DATABASE_URL: stores.databaseUrl }),
    ...(stores.redis && { REDIS_URL: stores.redis.url, REDIS_PREFIX: stores.redis.prefix }),
    SESSION_SECRET: "a session secret that outlives its process",
    PASSWORD_PEPPER: "a password pepper that outlives its process",
    TRUST_PROXY: "1",
  };
}

/** The part of the environment that Node itself needs: no setting of the shop. */
export function nodeEnvironment(): NodeJS.ProcessEnv {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return { PATH, NODE_COMPILE_CACHE };
}

/** The environment of a process in the container image: only these settings. */
export function productionEnvironment(settings: Record<string, string>): NodeJS.ProcessEnv {
  return { ...nodeEnvironment(), NODE_ENV: "production", ...settings };
}

/** A browser at a shop in its own process, with the headers of the proxy. */
export function browserAt(port: number, from: string): Client {
  return createClient({
    url: `http://127.0.0.1:${port}`,
    publicUrl: PUBLIC_URL,
    behindTlsProxy: true,
    headers: { "X-Forwarded-For": from },
  });
}

/** The server as a process that can be stopped and started again at the same address. */
export interface ServerProcess {
  port: number;
  /** Process id; undefined while it is not running. */
  readonly pid: number | undefined;
  start(): Promise<void>;
  /** Resolves with the exit status; null when it was killed. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export function createServerProcess(port: number, settings: Record<string, string>): ServerProcess {
  let child: ChildProcess | null = null;
  return {
    port,
    get pid() {
      return child && isRunning(child) ? child.pid : undefined;
    },
    async start() {
      const env = productionEnvironment({ PORT: String(port), ...settings });
      const started = spawn(process.execPath, [MAIN], { env, stdio: ["ignore", "pipe", "pipe"] });
      child = started;
      let output = "";
      for (const stream of [started.stdout, started.stderr]) stream.on("data", (bytes) => (output += bytes));
      const giveUpAt = Date.now() + STARTS_WITHIN_MS;
      while (!output.includes('"msg":"ready"')) {
        if (!isRunning(started) || Date.now() > giveUpAt) throw new Error(`The server does not start:\n${output}`);
        await sleep(20);
      }
    },
    async stop(signal = "SIGTERM") {
      if (child === null || !isRunning(child)) return null;
      const exit = once(child, "exit");
      child.kill(signal);
      const [status] = await exit;
      return status as number | null;
    },
  };
}

/** A process that a signal has ended never gets an exit status. */
function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}
