import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MikroORM } from "@mikro-orm/postgresql";
import { MikroORM as Sqlite } from "@mikro-orm/sqlite";
import { postgresConfig } from "../src/db/postgres.ts";
import { sqliteConfig } from "../src/db/sqlite.ts";
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

export async function makeDatabasePlace(kind: "sqlite" | "postgres" = databaseKind): Promise<DatabasePlace> {
  const folder = mkdtempSync(join(tmpdir(), "yumroad-test-"));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  if (kind === "sqlite") return { folder, databaseUrl: null, remove: async () => removeFolder() };

  const name = spare.pop() ?? (await createDatabase());
  return {
    folder,
    databaseUrl: urlOf(name),
    async remove() {
      removeFolder();
      await empty(name);
      spare.push(name);
    },
  };
}

/** Those that were done with, empty again: to make a database and to drop it costs the disk half a second. */
const spare: string[] = [];

async function createDatabase(): Promise<string> {
  const name = `yumroad_test_${randomBytes(6).toString("hex")}`;
  await onServer(async (orm) => {
    await orm.schema.createDatabase(name, { skipOnConnect: true });
    // Nobody switches this machine off in the middle: a commit need not wait for the disk.
    await orm.em.fork().execute(`alter database "${name}" set synchronous_commit = off`);
  });
  return name;
}

async function empty(name: string): Promise<void> {
  await onServer(async (orm) => {
    const em = orm.em.fork();
    await em.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = ?", [name]);
  });
  await onServer(async (orm) => {
    await orm.em.fork().execute("drop schema public cascade; create schema public");
  }, urlOf(name));
}

lastly.push(async () => {
  if (spare.length === 0) return;
  await onServer(async (orm) => {
    for (const name of spare.splice(0)) await orm.em.fork().execute(`drop database "${name}" with (force)`);
  });
});

/** The database there as the product's entities and migrations see it, past the product itself. Whoever opens it closes it. */
export function openOrm({ folder, databaseUrl }: Pick<DatabasePlace, "folder" | "databaseUrl">) {
  return databaseUrl === null
    ? Sqlite.init(sqliteConfig(join(folder, "yumroad.db")))
    : MikroORM.init(postgresConfig(databaseUrl));
}

function urlOf(name: string): string {
  if (postgresUrl === null) throw new Error("No Postgres is there: this run should have been skipped");
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer(work: (orm: MikroORM) => Promise<unknown>, url = postgresUrl ?? ""): Promise<void> {
  const orm = await MikroORM.init(postgresConfig(url));
  try {
    await work(orm);
  } finally {
    await orm.close();
  }
}
