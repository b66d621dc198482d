import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { freePort } from "@yumroad/testkit";

const STARTS_WITHIN_MS = 30_000;
const ENDS_WITHIN_MS = 5000;
/** Both servers print this when they have loaded their data. */
const SAYS_READY = /ready to accept connections/i;

/** A throwaway database server on the loopback address, for faults that no shared server could stand. */
export interface ThrowawayServer {
  /** Stays the same when the server is killed and started again. */
  url: string;
  /**
   * Resolves when the server answers. `folder` names its data folder, which is created if missing; the default is the
   * previous one. `settings` apply to this start only.
   */
  start(options?: { folder?: string; settings?: string[] }): Promise<void>;
  /** SIGKILL to all of its processes. Written data is kept. */
  kill(): Promise<void>;
  /** SIGSTOP to all of its processes: connections stay open, the system accepts new ones, and nothing answers. */
  stall(): void;
  /** SIGCONT. Does nothing unless it is stalled. */
  resume(): void;
  isRunning(): boolean;
  /** Shuts the server down in an orderly relay, even if it is stalled. */
  stop(): Promise<void>;
  /**
   * Stops the server for good and deletes its data. A server that is not ended dies with the process that started it.
   */
  end(): Promise<void>;
}

interface Kind {
  binary: string;
  url(port: number): string;
  args(place: { port: number; folder: string }): string[];
  /** Initialises an empty data folder. */
  prepare(folder: string): Promise<unknown>;
  /** User that the server runs as. */
  user: { uid?: number; gid?: number };
  /** Signal that stops the server at once but lets it release its shared memory. */
  stopSignal: NodeJS.Signals;
}

/** A Redis that writes every change to disk before it answers (`appendonly`). A new folder is empty. */
export function createThrowawayRedis(): Promise<ThrowawayServer> {
  return createThrowawayServer({
    binary: binaryOf("redis-server"),
    url: (port) => `redis://127.0.0.1:${port}`,
    args: ({ port, folder }) => {
      const settings = { bind: "127.0.0.1", port: String(port), dir: folder, save: "", appendonly: "yes" };
      return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    },
    prepare: async () => {},
    user: {},
    stopSignal: "SIGTERM",
  });
}

/** A Postgres with its default settings. A new folder has no tables. */
export function createThrowawayPostgres(): Promise<ThrowawayServer> {
  const user = postgresUser();
  return createThrowawayServer({
    binary: binaryOf("postgres"),
    url: (port) => `postgres://postgres@127.0.0.1:${port}/postgres`,
    args: ({ port, folder }) => {
      const settings = { listen_addresses: "127.0.0.1", port, unix_socket_directories: "" };
      return ["-D", folder, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
    },
    async prepare(folder) {
      const { uid, gid } = user;
      if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
      const args = ["--pgdata", folder, "--auth", "trust", "--username", "postgres", "--encoding", "UTF8"];
      // Asynchronous, because the proxy and the workload run in this process too.
      await promisify(execFile)(binaryOf("initdb"), args, user);
    },
    user,
    stopSignal: "SIGQUIT",
  });
}

/** A sentence that names the missing programs, or null. */
export function missingPrograms(): string | null {
  const missing = ["redis-server", "postgres", "initdb"].filter((name) => findBinary(name) === undefined);
  if (missing.length === 0) return null;
  return `This kills a Redis and a Postgres of its own, and finds no ${missing.join(" and no ")}: install them, as with "apt-get install redis-server postgresql".`;
}

async function createThrowawayServer(kind: Kind): Promise<ThrowawayServer> {
  const home = mkdtempSync(join(tmpdir(), "yumroad-own-"));
  // The server may run as another user than this process.
  chmodSync(home, 0o755);
  const port = await freePort();
  let child: ChildProcess | null = null;
  let folder = "data";
  let isEnded = false;

  const isRunning = () => child !== null && child.exitCode === null && child.signalCode === null;

  /** The processes of Postgres share no process group. The first one creates no more children once it is stopped. */
  function signalAll(signal: NodeJS.Signals): void {
    if (!child?.pid || !isRunning()) return;
    const { pid } = child;
    if (signal !== "SIGCONT") signalIfThere(pid, "SIGSTOP");
    for (const each of [...childrenOf(pid), pid]) signalIfThere(each, signal);
  }

  function destroyNow(): void {
    isEnded = true;
    signalAll("SIGKILL");
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  }

  async function kill(): Promise<void> {
    if (!isRunning()) return;
    const exit = once(child as ChildProcess, "exit");
    signalAll("SIGKILL");
    await exit;
  }

  async function stop(): Promise<void> {
    if (!isRunning()) return;
    const exit = once(child as ChildProcess, "exit");
    child?.kill(kind.stopSignal);
    signalAll("SIGCONT");
    await Promise.race([exit, sleep(ENDS_WITHIN_MS)]);
    await kill();
  }

  // This also runs after an uncaught error. A process that ends by a signal runs it only if it handles the signal.
  process.on("exit", destroyNow);

  return {
    url: kind.url(port),
    isRunning,
    kill,
    stop,
    stall: () => signalAll("SIGSTOP"),
    resume: () => signalAll("SIGCONT"),
    async start(options = {}) {
      folder = options.folder ?? folder;
      const path = join(home, folder);
      if (!existsSync(path) && !isEnded) {
        mkdirSync(path);
        await kind.prepare(path);
      }
      if (isEnded) throw new Error("It was ended for good");
      const args = [...kind.args({ port, folder: path }), ...(options.settings ?? [])];
      child = spawn(kind.binary, args, { ...kind.user, stdio: ["ignore", "pipe", "pipe"] });
      await untilReady(child);
    },
    async end() {
      isEnded = true;
      await stop();
      destroyNow();
    },
  };
}

async function untilReady(child: ChildProcess): Promise<void> {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (bytes) => (output += bytes));
  child.once("error", (error) => (output += error.message));
  const giveUpAt = performance.now() + STARTS_WITHIN_MS;
  while (!SAYS_READY.test(output)) {
    const isOver = child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
    if (isOver || performance.now() > giveUpAt) throw new Error(`${child.spawnfile} does not start:\n${output}`);
    await sleep(10);
  }
}

/** Empty for a process that has ended. */
function childrenOf(pid: number): number[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  return existsSync(file) ? readFileSync(file, "utf8").split(" ").filter(Boolean).map(Number) : [];
}

function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Postgres refuses to run as root, so it runs as the user of its package. */
function postgresUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (which: "-u" | "-g") => Number(execFileSync("id", [which, "postgres"], { encoding: "utf8" }));
  return { uid: idOf("-u"), gid: idOf("-g") };
}

function binaryOf(name: string): string {
  const path = findBinary(name);
  if (path === undefined) throw new Error(`${name} is not installed`);
  return path;
}

/** Looks on the PATH, then in Debian's folder of the newest Postgres. */
function findBinary(name: string): string | undefined {
  const version = (path: string) => Number(/postgresql\/(\d+)/.exec(path)?.[1]);
  const newestFirst = globSync(`/usr/lib/postgresql/*/bin/${name}`).sort((a, b) => version(b) - version(a));
  const onPath = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name));
  return [...onPath, ...newestFirst].find((path) => existsSync(path));
}
