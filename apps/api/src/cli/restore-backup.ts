import { randomBytes } from "node:crypto";
import { createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Places } from "../config/read-places.ts";
import { schema } from "../entities.ts";
import { isPostgresEmpty, loadPostgres } from "../platform/db/copy-postgres.ts";
import { DATA_FOLDER, DATABASE_FOLDER, type Manifest } from "./backup-manifest.ts";
import { readBackup } from "./read-backup.ts";
import { CommandRefused } from "./user-commands.ts";

/**
 * Brings a backup back into an empty `DATA_DIR`, and for Postgres an empty database. The backup is read and compared as a
 * whole before anything is put in its place.
 */
export async function restoreBackup({ dataDir, databaseUrl }: Places, file: string): Promise<Manifest> {
  await refuseUnlessEmpty({ dataDir, databaseUrl });
  const kind = databaseUrl === null ? "sqlite" : "postgres";
  const wasThere = existsSync(dataDir);
  const drafts = join(dataDir, `restoring.${randomBytes(6).toString("hex")}`);
  mkdirSync(drafts, { recursive: true, mode: 0o700 });
  try {
    const manifest = await readBackup(file, async ({ name, content }) => {
      const draft = join(drafts, name);
      mkdirSync(dirname(draft), { recursive: true, mode: 0o700 });
      await pipeline(content, createWriteStream(draft, { flags: "wx", mode: 0o600, flush: true }));
    });
    if (manifest.database !== kind) throw new CommandRefused(otherKind(manifest));
    if (databaseUrl === null) moveInto(dataDir, join(drafts, DATABASE_FOLDER));
    else await load(databaseUrl, manifest, join(drafts, DATABASE_FOLDER));
    moveInto(dataDir, join(drafts, DATA_FOLDER));
    return manifest;
  } finally {
    rmSync(drafts, { recursive: true, force: true });
    if (!wasThere && readdirSync(dataDir).length === 0) rmSync(dataDir, { recursive: true });
  }
}

async function refuseUnlessEmpty({ dataDir, databaseUrl }: Places): Promise<void> {
  const found = existsSync(dataDir) ? readdirSync(dataDir) : [];
  if (found.length > 0)
    throw new CommandRefused(
      `DATA_DIR (${dataDir}) is not empty: stop the server, move what is in it away, and do the same again.`,
    );
  if (databaseUrl !== null && !(await isPostgresEmpty(databaseUrl, schema)))
    throw new CommandRefused("The database at DATABASE_URL has tables: name an empty one.");
}

function otherKind({ database }: Manifest): string {
  return database === "sqlite"
    ? "This backup is of a SQLite file: restore it without DATABASE_URL."
    : "This backup is of a Postgres database: set DATABASE_URL to an empty one.";
}

function load(url: string, { migrations, tables }: Manifest, folder: string): Promise<void> {
  return loadPostgres(url, schema, { migrations, tables, linesOf: (table) => linesOf(join(folder, `${table}.jsonl`)) });
}

/** Splits at line feeds alone: `node:readline` also splits at U+2028, which texts may contain. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = "";
  for await (const text of createReadStream(file, "utf8")) {
    const lines = `${rest}${text}`.split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

function moveInto(folder: string, drafts: string): void {
  if (!existsSync(drafts)) return;
  for (const name of readdirSync(drafts)) renameSync(join(drafts, name), join(folder, name));
}
