import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { freePort } from "@yumroad/testkit";

const children = new Set<ChildProcess>();
const canPin = availableParallelism() > 1 && spawnSync("taskset", ["-V"]).status === 0;

/** True if servers have one core to themselves and the load has the others. */
export const isPinned = canPin;

export interface Server {
  port: number;
  pid: number;
  /** Resident memory in bytes. */
  memory(): number;
  stop(): Promise<void>;
}

interface StartOptions {
  env: Record<string, string>;
  /** Pins the server to one core; otherwise it may use all. */
  onOneCore?: boolean;
}

/** Starts a file of this folder as a server process and discards its log. */
export async function startServer(file: string, { env, onOneCore = true }: StartOptions): Promise<Server> {
  const port = await freePort();
  const child = start(file, { ...env, PORT: String(port), HOST: "127.0.0.1", NODE_ENV: "production" }, onOneCore);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await untilUp(port, child);
  return {
    port,
    pid: child.pid ?? 0,
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readProc(child, "status"))?.[1]) * 1024,
    async stop() {
      child.kill("SIGTERM");
      const patience = setTimeout(() => child.kill("SIGKILL"), 5000);
      await ended;
      clearTimeout(patience);
    },
  };
}

/** Runs a file of this folder and returns its output. Throws when it fails. */
export function runToEnd(file: string, env: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = start(file, env, false, "pipe");
    let text = "";
    child.stdout?.on("data", (chunk) => {
      text += chunk;
    });
    child.once("exit", (code) => (code === 0 ? resolve(text) : reject(new Error(`${file} ended with ${code}`))));
  });
}

/** Moves a server that was started on all cores to the servers' core. */
export function moveToServersCore({ pid }: Server): void {
  if (canPin) spawnSync("taskset", ["-a", "-cp", "0", String(pid)]);
}

/** Keeps this process off the servers' core. */
export function leaveServersCore(): void {
  if (canPin) spawnSync("taskset", ["-a", "-cp", `1-${availableParallelism() - 1}`, String(process.pid)]);
}

/** Children never outlive this process. */
process.once("exit", endChildren);

function endChildren(): void {
  for (const child of children) child.kill("SIGKILL");
}

/**
 * Makes a clean-up run once, when it is called or when this process is told to end. All children are ended first,
 * because a folder that they write to can't be removed.
 */
export function onceAtTheEnd(cleanUp: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  const once = () => {
    endChildren();
    done ??= cleanUp();
    return done;
  };
  // Handles every signal: pnpm repeats one that the whole group has received already, and the second must not end the
  // clean-up.
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      once().then(
        () => process.exit(1),
        (error) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  return once;
}

function start(
  file: string,
  env: Record<string, string>,
  onOneCore: boolean,
  stdout: "pipe" | number = openSync("/dev/null", "w"),
): ChildProcess {
  const command = [process.execPath, join(import.meta.dirname, file)];
  // A child inherits this process's affinity, so "all cores" has to be set explicitly.
  const cores = onOneCore ? "0" : `0-${availableParallelism() - 1}`;
  const [name = "", ...rest] = canPin ? ["taskset", "-c", cores, ...command] : command;
  const child = spawn(name, rest, { env: { PATH: process.env.PATH, ...env }, stdio: ["ignore", stdout, "inherit"] });
  children.add(child);
  child.once("exit", () => children.delete(child));
  return child;
}

function readProc(child: ChildProcess, file: string): string {
  try {
    return readFileSync(`/proc/${child.pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

async function untilUp(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error("A server did not start");
    try {
      await fetch(`http://127.0.0.1:${port}/healthz`);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error("A server did not answer in a minute");
}
