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
/** Both servers say it in these words, once they have read what they kept. */
const SAYS_READY = /ready to accept connections/i;

/** A server of one's own on the loopback address, to which may be done what no other user of it could bear. */
export interface OwnServer {
  /** The same, however often it is killed and started. */
  url: string;
  /**
   * Resolves once it answers. It runs on the folder of this name, which is made if it is not there, or on that of the
   * time before; `settings` are for this time alone.
   */
  start(options?: { folder?: string; settings?: string[] }): Promise<void>;
  /** SIGKILL, to all of its processes. It keeps what it had written. */
  kill(): Promise<void>;
  /** SIGSTOP, to all of its processes: connections stay, and new ones are taken by the system, and nobody answers. */
  stall(): void;
  /** SIGCONT. Nothing where it did not stall. */
  goOn(): void;
  isRunning(): boolean;
  /** Ends it in good order, stalled or not. */
  stop(): Promise<void>;
  /** For good, with all that it kept. A server that is not ended goes with the process that started it. */
  end(): Promise<void>;
}

interface Kind {
  binary: string;
  url(port: number): string;
  args(place: { port: number; folder: string }): string[];
  /** Makes an empty folder fit to start on. */
  prepare(folder: string): Promise<unknown>;
  /** Who it runs as. */
  user: { uid?: number; gid?: number };
  /** Ends it at once, and lets it give back the memory that it shares. */
  stopSignal: NodeJS.Signals;
}

/** A Redis that writes down each change before it answers (`appendonly`), and has nothing on a new folder. */
export function createOwnRedis(): Promise<OwnServer> {
  return createOwnServer({
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

/** A Postgres with its usual settings; on a new folder it has no tables. */
export function createOwnPostgres(): Promise<OwnServer> {
  const user = postgresUser();
  return createOwnServer({
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
      // Whoever waits for it has other things to do: its proxy and its load are in this process.
      await promisify(execFile)(binaryOf("initdb"), args, user);
    },
    user,
    stopSignal: "SIGQUIT",
  });
}

/** What has to be installed for it, in one sentence; null when all is there. */
export function whatIsMissing(): string | null {
  const missing = ["redis-server", "postgres", "initdb"].filter((name) => findBinary(name) === undefined);
  if (missing.length === 0) return null;
  return `This kills a Redis and a Postgres of its own, and finds no ${missing.join(" and no ")}: install them, as with "apt-get install redis-server postgresql".`;
}

async function createOwnServer(kind: Kind): Promise<OwnServer> {
  const home = mkdtempSync(join(tmpdir(), "yumroad-own-"));
  // Its user may be another one than ours.
  chmodSync(home, 0o755);
  const port = await freePort();
  let child: ChildProcess | null = null;
  let folder = "data";
  let isEnded = false;

  const isRunning = () => child !== null && child.exitCode === null && child.signalCode === null;

  /** The processes of a Postgres are in no common group. Once the first is stopped it makes no new ones. */
  function signalAll(signal: NodeJS.Signals): void {
    if (!child?.pid || !isRunning()) return;
    const { pid } = child;
    if (signal !== "SIGCONT") signalIfThere(pid, "SIGSTOP");
    for (const each of [...childrenOf(pid), pid]) signalIfThere(each, signal);
  }

  function endNow(): void {
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

  // Also after an error that nobody caught. Who is ended by a signal has to handle it for this to be heard.
  process.on("exit", endNow);

  return {
    url: kind.url(port),
    isRunning,
    kill,
    stop,
    stall: () => signalAll("SIGSTOP"),
    goOn: () => signalAll("SIGCONT"),
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
      endNow();
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

/** None of a process that has ended. */
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

/** Postgres refuses to run as root: there it gets the user that comes with it. */
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

/** On the path, or where Debian puts the newest Postgres. */
function findBinary(name: string): string | undefined {
  const version = (path: string) => Number(/postgresql\/(\d+)/.exec(path)?.[1]);
  const newestFirst = globSync(`/usr/lib/postgresql/*/bin/${name}`).sort((a, b) => version(b) - version(a));
  const onPath = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name));
  return [...onPath, ...newestFirst].find((path) => existsSync(path));
}
