// pnpm bench: measures the design's goals, each as a ratio or a bound within this one run, and writes docs/performance.md.
// `pnpm bench own-sessions` measures one part (see PARTS) and writes its rows over the former ones.
// Prints the measured rows, even when it breaks off, and exits with 0 when all of them are reached.
// Everything runs on the loopback interface, and all its data is removed at the end.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { MikroORM } from "@mikro-orm/postgresql";
import { Redis } from "ioredis";
import { schema } from "../src/entities.ts";
import { postgresConfig } from "../src/platform/db/postgres.ts";
import { postgresUrl, redisUrl } from "../test/services.ts";
import { isPinned, leaveServersCore, onceAtTheEnd, runToEnd } from "./child.ts";
import { measureDeliveries } from "./deliveries.ts";
import { type Figure, measureList, measureLogins, measureSessions, measureSizes, type Place } from "./figures.ts";
import { measureFiles } from "./files.ts";
import { measureOwnSessions } from "./own-sessions.ts";
import { countOf, reportOf, tableOf, withRows } from "./report.ts";
import { measureSalesExport } from "./sales-export.ts";
import { measureTwoProcesses } from "./two-processes.ts";

const SIZES = { small: 1000, middle: 100_000, large: 1_000_000 };
const KINDS = ["SQLite", ...(postgresUrl === null ? [] : ["Postgres"])];
const root = join(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "yumroad-bench-"));
const prefix = `yumroad-bench-${process.pid}:`;
const startedAt = performance.now();

/** Progress goes to standard error, because standard output is the rows. */
function say(text: string): void {
  console.error(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${text}`);
}

function databaseOf(size: string): string {
  return `yumroad_bench_${process.pid}_${size}`;
}

function placeOf(kind: string, size: string): Place {
  const ownFolder = join(folder, `${kind}-${size}`);
  if (kind === "SQLite" || postgresUrl === null) return { folder: ownFolder, databaseUrl: null };
  const url = new URL(postgresUrl);
  url.pathname = `/${databaseOf(size)}`;
  return { folder: ownFolder, databaseUrl: url.href };
}

async function onPostgresServer(work: (orm: MikroORM) => Promise<unknown>): Promise<void> {
  if (postgresUrl === null) return;
  const orm = await MikroORM.init(postgresConfig(postgresUrl, { ...schema, queryPatienceMs: 0 }));
  await work(orm).finally(() => orm.close());
}

/** Fills the three catalogues of a kind of database, and reports the migration time of each. */
async function fill(kind: string): Promise<void> {
  for (const [size, count] of Object.entries(SIZES) as [keyof typeof SIZES, number][]) {
    const place = placeOf(kind, size);
    mkdirSync(place.folder, { recursive: true });
    const env = { FOLDER: place.folder, DATABASE_URL: place.databaseUrl ?? "", COUNT: String(count) };
    const seconds = (await runToEnd("catalogue.ts", env)).trim();
    say(`${kind}: ${count.toLocaleString("en")} products are there; the search's migration took ${seconds} s`);
  }
}

/** `/login` and `/p/:slug`. */
const PATHS_WEIGHED = 2;

/** The sizes of first loads that the build reports. The build itself fails above its limits. */
function weighFirstLoads(): Figure[] {
  const command = ["--filter", "@yumroad/web", "exec", "vite", "build", "--outDir", join(folder, "web")];
  const { status, stdout, stderr } = spawnSync("pnpm", command, { cwd: root, encoding: "utf8" });
  const told = [...stdout.matchAll(/first load of (\S+): ([\d.]+) KiB of scripts, ([\d.]+) KiB of styles/g)];
  if (status !== 0 || told.length !== PATHS_WEIGHED)
    throw new Error(`The build ended with ${status} and weighed ${told.length} first loads:\n${stdout}${stderr}`);
  return told.flatMap(([, path = "", scripts, styles]) => [
    bound(`first load of \`${path}\`, JavaScript, gzip`, path === "/login" ? 178.7 : 166.2, Number(scripts)),
    bound(`first load of \`${path}\`, CSS, gzip`, 12, Number(styles)),
  ]);
}

function bound(what: string, kib: number, measured: number): Figure {
  return { what, target: `≤ ${kib} KiB`, measured: `${measured} KiB`, isReached: measured <= kib };
}

type Add = (more: Figure[]) => void;

/** The parts that can be measured alone, in the order of the page. */
const PARTS: Record<string, (add: Add) => Promise<void>> = {
  async session(add) {
    if (redisUrl !== null) add(await measureSessions(join(folder, "sessions"), redisUrl, prefix));
  },
  async "own-sessions"(add) {
    for (const kind of KINDS) {
      if (kind === "Postgres") await onPostgresServer((orm) => createDatabase(orm, "own_sessions"));
      add(await measureOwnSessions({ what: kind, place: placeOf(kind, "own_sessions") }));
    }
    const place = { folder: join(folder, "own-sessions"), databaseUrl: null };
    const redis = redisUrl === null ? null : { redisUrl, prefix: `${prefix}own:` };
    if (redis) add(await measureOwnSessions({ what: "Redis", place, redis }));
  },
  async catalogue(add) {
    await onPostgresServer(async (orm) => {
      for (const size of Object.keys(SIZES)) await createDatabase(orm, size);
    });
    await Promise.all(KINDS.map(fill));
    for (const kind of KINDS) add([await measureList(kind, placeOf(kind, "middle"))]);
    for (const kind of KINDS)
      add(await measureSizes(kind, { small: placeOf(kind, "small"), large: placeOf(kind, "large") }));
  },
  async deliveries(add) {
    for (const kind of KINDS) {
      if (kind === "Postgres") await onPostgresServer((orm) => createDatabase(orm, "deliveries"));
      add([await measureDeliveries(kind, placeOf(kind, "deliveries"))]);
    }
  },
  async "sales-export"(add) {
    for (const kind of KINDS) {
      if (kind === "Postgres") await onPostgresServer((orm) => createDatabase(orm, "sales_export"));
      add([await measureSalesExport(kind, placeOf(kind, "sales_export"))]);
    }
  },
  async files(add) {
    add(await measureFiles({ folder: join(folder, "files"), databaseUrl: null }));
  },
  async "log-ins"(add) {
    if (redisUrl !== null)
      add(await measureLogins({ folder: join(folder, "log-ins"), databaseUrl: null }, redisUrl, `${prefix}log-ins:`));
  },
  async "two-processes"(add) {
    if (redisUrl === null || postgresUrl === null) return;
    await onPostgresServer((orm) => createDatabase(orm, "two_processes"));
    add(await measureTwoProcesses(placeOf("Postgres", "two_processes"), redisUrl, `${prefix}two:`));
  },
  async pages(add) {
    add(weighFirstLoads());
  },
};

const figures: Figure[] = [];
/** True if all requested figures were measured. */
let isWhole = false;

async function measure(parts: string[]): Promise<void> {
  const add = (more: Figure[]) => {
    figures.push(...more);
    for (const { what, target, measured, isReached } of more)
      say(`${isReached ? "✓" : "✗"} ${what}: ${measured} (${target})`);
  };
  leaveServersCore();
  for (const part of parts) await PARTS[part]?.(add);
}

async function createDatabase(orm: MikroORM, size: string): Promise<void> {
  await orm.schema.createDatabase(databaseOf(size), { skipOnConnect: true });
}

const cleanUp = onceAtTheEnd(async () => {
  // First, because it can't fail.
  const count = `${countOf(figures)}.${isWhole ? "" : " **It broke off before all were measured.**"}`;
  const how = "How each is measured: [performance.md](performance.md).";
  console.log([count, "", tableOf(figures), "", how].join("\n"));
  rmSync(folder, { recursive: true, force: true });
  await onPostgresServer(async (orm) => {
    for (const size of [...Object.keys(SIZES), "own_sessions", "two_processes", "deliveries", "sales_export"]) {
      await orm.em.fork().execute(`drop database if exists "${databaseOf(size)}" with (force)`);
    }
  });
  if (redisUrl === null) return;
  const redis = new Redis(redisUrl);
  for await (const keys of redis.scanStream({ match: `${prefix}*` })) if (keys.length > 0) await redis.del(keys);
  redis.disconnect();
});

const asked = process.argv.slice(2);
const unknown = asked.filter((part) => !Object.hasOwn(PARTS, part));
if (unknown.length > 0)
  throw new Error(`There is no part "${unknown.join(", ")}": use ${Object.keys(PARTS).join(", ")}`);

try {
  const page = join(root, "docs/performance.md");
  await measure(asked.length > 0 ? asked : Object.keys(PARTS));
  isWhole = true;
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 1024 ** 3)} GiB of memory, ${process.platform} ${process.arch}, Node ${process.version}`;
  const missing = [...(redisUrl === null ? ["Redis"] : []), ...(postgresUrl === null ? ["Postgres"] : [])];
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const report = reportOf({ figures, machine, missing, isPinned, seconds });
  writeFileSync(page, asked.length > 0 ? withRows(readFileSync(page, "utf8"), figures) : report);
  say("docs/performance.md is written");
} finally {
  await cleanUp();
}
const isAllReached = figures.length > 0 && figures.every(({ isReached }) => isReached);
say(`${countOf(figures)}${isAllReached ? "" : ": not all of it holds"}`);
process.exit(isAllReached ? 0 : 1);
