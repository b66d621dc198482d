import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { productionEnvironment } from "../server-process.ts";

const SRC = join(import.meta.dirname, "../../src");
const FAKE_CLOCK = join(import.meta.dirname, "fake-clock.mjs");
const STARTS_WITHIN_MS = 60_000;

/** The server as an operator starts it, with a clock that can be moved from outside. */
export interface StartedServer {
  url: string;
  log(): string;
  /** Sets the server's offset from the real time of day, in milliseconds. */
  moveClock(offset: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the server on a free port with only these settings, and waits until it is ready. */
export async function startServer(settings: Record<string, string>): Promise<StartedServer> {
  const args = ["--import", FAKE_CLOCK, join(SRC, "main.ts")];
  const env = productionEnvironment({ PORT: "0", ...settings });
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe", "ipc"] });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (bytes) => (log += bytes));

  const giveUpAt = performance.now() + STARTS_WITHIN_MS;
  while (!log.includes('"msg":"ready"')) {
    if (child.exitCode !== null || performance.now() > giveUpAt) {
      child.kill("SIGKILL");
      throw new Error(`The server does not start:\n${log}`);
    }
    await sleep(20);
  }
  const ready = log.split("\n").find((line) => line.includes('"msg":"ready"')) ?? "{}";
  const { port } = JSON.parse(ready) as { port: number };

  return {
    url: `http://127.0.0.1:${port}`,
    log: () => log,
    async moveClock(offset) {
      const moved = once(child, "message");
      child.send({ offset });
      await moved;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** Runs an operator's command beside the running server, with the same settings and time. */
export function runCommand(words: string[], settings: Record<string, string>, clockOffset: number): Promise<string> {
  const args = ["--import", FAKE_CLOCK, join(SRC, "cli.ts"), ...words];
  const env = productionEnvironment({ FAKE_CLOCK_OFFSET: String(clockOffset), ...settings });
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { env }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${words.join(" ")}: ${stderr}`));
      else resolve(stdout);
    });
  });
}
