import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const MAIN = join(import.meta.dirname, "../src/main.ts");
const STARTS_WITHIN_MS = 60_000;

/** The server as a process of its own, which can be ended and begun again at the same address. */
export interface ServerProcess {
  port: number;
  /** Of the process that runs now; undefined while there is none. */
  readonly pid: number | undefined;
  start(): Promise<void>;
  /** Resolves with the exit status once it has ended; null when it was killed. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export function createServerProcess(port: number, settings: Record<string, string>): ServerProcess {
  let child: ChildProcess | null = null;
  return {
    port,
    get pid() {
      return child?.exitCode === null ? child.pid : undefined;
    },
    async start() {
      const env = { PATH: process.env.PATH ?? "", PORT: String(port), ...settings };
      const started = spawn(process.execPath, [MAIN], { env, stdio: ["ignore", "pipe", "pipe"] });
      child = started;
      let output = "";
      for (const stream of [started.stdout, started.stderr]) stream.on("data", (bytes) => (output += bytes));
      const giveUpAt = Date.now() + STARTS_WITHIN_MS;
      while (!output.includes('"msg":"ready"')) {
        if (started.exitCode !== null || Date.now() > giveUpAt)
          throw new Error(`The server does not start:\n${output}`);
        await sleep(20);
      }
    },
    async stop(signal = "SIGTERM") {
      if (child === null || child.exitCode !== null) return null;
      const exit = once(child, "exit");
      child.kill(signal);
      const [status] = await exit;
      return status as number | null;
    },
  };
}
