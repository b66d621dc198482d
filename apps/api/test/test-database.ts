import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MikroORM } from "@mikro-orm/postgresql";
import { MikroORM as Sqlite } from "@mikro-orm/sqlite";
import { schema } from "../src/entities.ts";
import { postgresConfig } from "../src/platform/db/postgres.ts";
import { sqliteConfig } from "../src/platform/db/sqlite.ts";
import { afterAllTests } from "./after-all-tests.ts";
import { postgresUrl } from "./services.ts";

/** Location of a test's own database: an empty folder for SQLite, or an empty Postgres database beside the folder. */
export interface TestDatabase {
  folder: string;
  databaseUrl: string | null;
  remove(): Promise<void>;
}

/** The database of this test run. Vitest runs the tests once for each (see vitest.config.ts). */
export const databaseKind = process.env.TEST_DATABASE === "postgres" ? "postgres" : "sqlite";

/**
 * `isFast` is for hundreds of tests: on Postgres a commit does not wait for the disk, and emptied databases are reused
 * within a test file. Without it the database behaves as in production.
 */
export async function createTestDatabase(
  kind: "sqlite" | "postgres" = databaseKind,
  { isFast = false } = {},
): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "yumroad-test-"));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  if (kind === "sqlite") return { folder, databaseUrl: null, remove: async () => removeFolder() };

  const name = (isFast && spare.pop()) || (await createDatabase(isFast));
  // Outside vitest nothing drops the spare databases at the end (see setup.ts).
  const isKept = isFast && process.env.VITEST !== undefined;
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

/** Emptied databases for reuse, because creating and dropping one costs half a second of disk time. */
const spare: string[] = [];

afterAllTests.push(async () => {
  for (const name of spare.splice(0)) await drop(name);
});

async function createDatabase(isFast: boolean): Promise<string> {
  const name = `yumroad_test_${randomBytes(6).toString("hex")}`;
  await withServer((orm) => orm.schema.createDatabase(name, { skipOnConnect: true }));
  if (isFast) await onServer((em) => em.execute(`alter database "${name}" set synchronous_commit = off`));
  return name;
}

async function drop(name: string): Promise<void> {
  await onServer((em) => em.execute(`drop database "${name}" with (force)`));
}

/** True if the database is empty now. Not every user may empty one, and a test may have left more than tables. */
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

/** Opens the database with the product's entities and migrations, bypassing the product. The caller closes it. */
export function openOrm({ folder, databaseUrl }: Pick<TestDatabase, "folder" | "databaseUrl">) {
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
