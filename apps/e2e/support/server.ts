import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { freePort } from "@yumroad/testkit";
import { redisUrl, removeKeys } from "./redis.ts";

const MAIN = fileURLToPath(new URL("../../api/src/main.ts", import.meta.url));
const CLI = fileURLToPath(new URL("../../api/src/cli.ts", import.meta.url));
const STARTS_WITHIN_MS = 60_000;

export type SessionStoreName = "redis" | "embedded";

/** The built product as a process with its own port, data folder and Redis prefix. */
export interface ProductServer {
  /** Public address: `http://localhost:<port>`. */
  url: string;
  /** The printed link that opens the mail tray, or null. */
  mailTray: string | null;
  /** The printed link that makes an operator, or null. */
  setupLink: string | null;
  /** The log so far. */
  log(): string;
  isRunning(): boolean;
  /** Runs an operator's command on a user, beside the server and with its settings. */
  operate(command: string, email: string): Promise<void>;
  /** Stops the server as an operator does, and waits for its end. */
  stop(): Promise<void>;
}

/** A server that can be stopped and started again, on the same port and data. */
export interface RestartableServer extends ProductServer {
  restart(): Promise<void>;
}

/** Starts the product as `npm start` does, on a free port, with these settings over the usual ones. */
export async function startServer(
  store: SessionStoreName,
  settings: Record<string, string> = {},
): Promise<RestartableServer> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const dataDir = await mkdtemp(join(tmpdir(), "yumroad-e2e-"));
  const prefix = `yumroad-test-${randomBytes(6).toString("hex")}:`;
  const onRedis = store === "redis" ? { REDIS_URL: redisUrl, REDIS_PREFIX: prefix } : {};
  const clearUp = async () => {
    await rm(dataDir, { recursive: true, force: true });
    if (store === "redis") await removeKeys(prefix);
  };
  const all = { PUBLIC_URL: url, SHOP_KIND: "marketplace", DATA_DIR: dataDir, ...onRedis, ...settings };
  const first = await launch(port, all).catch(async (error) => {
    await clearUp();
    throw error;
  });
  let launched = first;
  let ended = "";
  return {
    ...first,
    url,
    log: () => ended + launched.log(),
    isRunning: () => launched.isRunning(),
    async restart() {
      await launched.stop();
      ended += launched.log();
      launched = await launch(port, all);
    },
    async stop() {
      await launched.stop().finally(clearUp);
    },
  };
}

/** Starts one process of the product on a port, and waits until it is ready. */
export async function launch(port: number, settings: Record<string, string>): Promise<Omit<ProductServer, "url">> {
  const process_ = spawn(process.execPath, [MAIN], {
    env: { ...nodeEnvironment(), PORT: String(port), HOST: "127.0.0.1", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [process_.stdout, process_.stderr]) {
    stream.on("data", (bytes) => {
      log += bytes.toString();
    });
  }
  const exited = new Promise<number | null>((resolve) => process_.once("exit", resolve));
  await untilReady(`http://localhost:${port}`, process_, () => log);
  return {
    mailTray: /"mailTray":"([^"]+)"/.exec(log)?.[1] ?? null,
    setupLink: /"setupLink":"([^"]+)"/.exec(log)?.[1] ?? null,
    log: () => log,
    async operate(command, email) {
      const env = { ...nodeEnvironment(), ...settings };
      await promisify(execFile)(process.execPath, [CLI, "user", command, email], { env });
    },
    isRunning: () => process_.exitCode === null && process_.signalCode === null,
    async stop() {
      process_.kill("SIGTERM");
      const status = await exited;
      if (status !== 0) throw new Error(`The server did not stop cleanly (${status}):\n${log.slice(-2000)}`);
    },
  };
}

/** The lines of a log that report an error. */
export function errorsIn(log: string): string[] {
  return log.split("\n").filter((line) => /"level":[56]0/.test(line));
}

/** The part of the environment that Node itself needs: no setting of the shop. */
function nodeEnvironment(): NodeJS.ProcessEnv {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return { PATH, NODE_COMPILE_CACHE };
}

async function untilReady(url: string, server: ChildProcess, log: () => string): Promise<void> {
  const giveUpAt = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < giveUpAt && server.exitCode === null) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    // The line with the details may come a moment later.
    if (answer?.ok && log().includes('"msg":"ready"')) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  server.kill("SIGKILL");
  throw new Error(`The server does not get ready:\n${log().slice(-4000)}`);
}
