// pnpm bench: measures what the design asks for, each figure as a ratio or a bound within this one run, and writes
// docs/performance.md. Everything runs on this machine's loopback; what it makes is removed at the end.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { MikroORM } from "@mikro-orm/postgresql";
import { Redis } from "ioredis";
import { postgresConfig } from "../src/db/postgres.ts";
import { postgresUrl, redisUrl } from "../test/services.ts";
import { isPinned, leaveServersCore, runToEnd } from "./child.ts";
import { type Figure, measureList, measureLogins, measureSessions, measureSizes, type Place } from "./figures.ts";
import { reportOf } from "./report.ts";

const SIZES = { small: 1000, middle: 100_000, large: 1_000_000 };
const KINDS = ["SQLite", ...(postgresUrl === null ? [] : ["Postgres"])];
const root = join(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "yumroad-bench-"));
const prefix = `yumroad-bench-${process.pid}:`;
const startedAt = performance.now();

function say(text: string): void {
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${text}`);
}

function databaseOf(size: string): string {
  return `yumroad_bench_${process.pid}_${size}`;
}

function placeOf(kind: string, size: keyof typeof SIZES): Place {
  const ownFolder = join(folder, `${kind}-${size}`);
  if (kind === "SQLite" || postgresUrl === null) return { folder: ownFolder, databaseUrl: null };
  const url = new URL(postgresUrl);
  url.pathname = `/${databaseOf(size)}`;
  return { folder: ownFolder, databaseUrl: url.href };
}

async function onPostgresServer(work: (orm: MikroORM) => Promise<unknown>): Promise<void> {
  if (postgresUrl === null) return;
  const orm = await MikroORM.init(postgresConfig(postgresUrl, 0));
  await work(orm).finally(() => orm.close());
}

/** The three catalogues of a kind of database; says how long the update of the largest took. */
async function fill(kind: string): Promise<void> {
  for (const [size, count] of Object.entries(SIZES) as [keyof typeof SIZES, number][]) {
    const place = placeOf(kind, size);
    mkdirSync(place.folder, { recursive: true });
    const env = { FOLDER: place.folder, DATABASE_URL: place.databaseUrl ?? "", COUNT: String(count) };
    const seconds = (await runToEnd("catalogue.ts", env)).trim();
    say(`${kind}: ${count.toLocaleString("en")} products are there; the search's migration took ${seconds} s`);
  }
}

/** What the build says of first loads; it fails by itself above its limits. */
function weighFirstLoads(): Figure[] {
  const command = ["--filter", "@yumroad/web", "exec", "vite", "build", "--outDir", join(folder, "web")];
  const { stdout } = spawnSync("pnpm", command, { cwd: root, encoding: "utf8" });
  const told = [...stdout.matchAll(/first load of (\S+): ([\d.]+) KiB of scripts, ([\d.]+) KiB of styles/g)];
  return told.flatMap(([, path = "", scripts, styles]) => [
    bound(`first load of \`${path}\`, JavaScript, gzip`, path === "/login" ? 190 : 200, Number(scripts)),
    bound(`first load of \`${path}\`, CSS, gzip`, 25, Number(styles)),
  ]);
}

function bound(what: string, kib: number, measured: number): Figure {
  return { what, target: `≤ ${kib} KiB`, measured: `${measured} KiB`, isReached: measured <= kib };
}

async function measure(): Promise<Figure[]> {
  const figures: Figure[] = [];
  const add = (more: Figure[]) => {
    figures.push(...more);
    for (const { what, target, measured, isReached } of more)
      say(`${isReached ? "✓" : "✗"} ${what}: ${measured} (${target})`);
  };
  await onPostgresServer(async (orm) => {
    for (const size of Object.keys(SIZES)) await orm.schema.createDatabase(databaseOf(size), { skipOnConnect: true });
  });
  await Promise.all(KINDS.map(fill));

  leaveServersCore();
  if (redisUrl !== null) add(await measureSessions(join(folder, "sessions"), redisUrl, prefix));
  for (const kind of KINDS) add([await measureList(kind, placeOf(kind, "middle"))]);
  for (const kind of KINDS)
    add(await measureSizes(kind, { small: placeOf(kind, "small"), large: placeOf(kind, "large") }));
  if (redisUrl !== null)
    add(await measureLogins({ folder: join(folder, "log-ins"), databaseUrl: null }, redisUrl, `${prefix}log-ins:`));
  add(weighFirstLoads());
  return figures;
}

async function cleanUp(): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  await onPostgresServer(async (orm) => {
    for (const size of Object.keys(SIZES)) {
      await orm.em.fork().execute(`drop database if exists "${databaseOf(size)}" with (force)`);
    }
  });
  if (redisUrl === null) return;
  const redis = new Redis(redisUrl);
  for await (const keys of redis.scanStream({ match: `${prefix}*` })) if (keys.length > 0) await redis.del(keys);
  redis.disconnect();
}

try {
  const figures = await measure();
  const machine = `${availableParallelism()} cores, ${Math.round(totalmem() / 1024 ** 3)} GiB of memory, ${process.platform} ${process.arch}, Node ${process.version}`;
  const missing = [...(redisUrl === null ? ["Redis"] : []), ...(postgresUrl === null ? ["Postgres"] : [])];
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  writeFileSync(join(root, "docs/performance.md"), reportOf({ figures, machine, missing, isPinned, seconds }));
  say("docs/performance.md is written");
} finally {
  await cleanUp();
}
process.exit(0);
