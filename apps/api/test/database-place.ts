import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MikroORM } from "@mikro-orm/postgresql";
import { MikroORM as Sqlite } from "@mikro-orm/sqlite";
import { schema } from "../src/entities.ts";
import { postgresConfig } from "../src/platform/db/postgres.ts";
import { sqliteConfig } from "../src/platform/db/sqlite.ts";
import { lastly } from "./lastly.ts";
import { postgresUrl } from "./services.ts";

/** Where a test's own database can be: an empty folder for SQLite, or an empty Postgres database beside it. */
export interface DatabasePlace {
  folder: string;
  databaseUrl: string | null;
  remove(): Promise<void>;
}

/** The database on which this run of the tests goes: vitest runs them once for each (see vitest.config.ts). */
export const databaseKind = process.env.TEST_DATABASE === "postgres" ? "postgres" : "sqlite";

/**
 * `isHasty`: for tests by the hundred. On Postgres, a commit does not wait for the disk, and in a test's file an emptied
 * database serves again. Without, it is as in production.
 */
export async function makeDatabasePlace(
  kind: "sqlite" | "postgres" = databaseKind,
  { isHasty = false } = {},
): Promise<DatabasePlace> {
  const folder = mkdtempSync(join(tmpdir(), "yumroad-test-"));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  if (kind === "sqlite") return { folder, databaseUrl: null, remove: async () => removeFolder() };

  const name = (isHasty && spare.pop()) || (await createDatabase(isHasty));
  // A program of its own calls nobody at its end (see setup.ts).
  const isKept = isHasty && process.env.VITEST !== undefined;
  return {
    folder,
    databaseUrl: urlOf(name),
    async remove() {
      removeFolder();
      if (isKept && (await tryToEmpty(name))) spare.push(name);
      else await drop(name);
    },
  };
}

/** Those that were done with, empty again: to make a database and to drop it costs the disk half a second. */
const spare: string[] = [];

lastly.push(async () => {
  for (const name of spare.splice(0)) await drop(name);
});

async function createDatabase(isHasty: boolean): Promise<string> {
  const name = `yumroad_test_${randomBytes(6).toString("hex")}`;
  await withServer((orm) => orm.schema.createDatabase(name, { skipOnConnect: true }));
  if (isHasty) await onServer((em) => em.execute(`alter database "${name}" set synchronous_commit = off`));
  return name;
}

async function drop(name: string): Promise<void> {
  await onServer((em) => em.execute(`drop database "${name}" with (force)`));
}

/** Whether it is empty now. Not every user may empty one, and a test may have left more behind than tables. */
async function tryToEmpty(name: string): Promise<boolean> {
  const others = "select pg_terminate_backend(pid) from pg_stat_activity where datname = ? and backend_type = ?";
  const added =
    "select 1 from pg_namespace where nspname !~ '^pg_' and nspname not in ('public', 'information_schema')";
  try {
    await onServer((em) => em.execute(others, [name, "client backend"]));
    await onServer((em) => em.execute("drop schema public cascade; create schema public"), urlOf(name));
    return (await onServer((em) => em.execute(added), urlOf(name))).length === 0;
  } catch {
    return false;
  }
}

/** The database there as the product's entities and migrations see it, past the product itself. Whoever opens it closes it. */
export function openOrm({ folder, databaseUrl }: Pick<DatabasePlace, "folder" | "databaseUrl">) {
  return databaseUrl === null
    ? Sqlite.init(sqliteConfig(join(folder, "yumroad.db"), schema))
    : MikroORM.init(postgresConfig(databaseUrl, schema));
}

function urlOf(name: string): string {
  if (postgresUrl === null) throw new Error("No Postgres is there: this run should have been skipped");
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  return url.href;
}

function onServer<T>(work: (em: MikroORM["em"]) => Promise<T>, url?: string): Promise<T> {
  return withServer((orm) => work(orm.em.fork()), url);
}

async function withServer<T>(work: (orm: MikroORM) => Promise<T>, url = postgresUrl ?? ""): Promise<T> {
  const orm = await MikroORM.init(postgresConfig(url, schema));
  try {
    return await work(orm);
  } finally {
    await orm.close();
  }
}
