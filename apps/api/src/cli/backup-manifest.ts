import { readFileSync } from "node:fs";
import * as z from "zod/mini";

/** Name of the last file in a backup: it lists the others. */
export const MANIFEST = "manifest.json";
/** Folders in a backup: the database, and the other files of `DATA_DIR`. */
export const DATABASE_FOLDER = "database/";
export const DATA_FOLDER = "data/";

/** Format of backups; a number that this version does not know is refused. */
const FORMAT = 1;

export const Manifest = z.strictObject({
  format: z.literal(FORMAT),
  /** Version of the program that made the backup. */
  version: z.string(),
  createdAt: z.iso.datetime(),
  database: z.enum(["sqlite", "postgres"]),
  /** The migrations that the database had run, in their order. */
  migrations: z.array(z.string()),
  /** Tables of a Postgres database, none before one that it refers to; empty for SQLite. */
  tables: z.array(z.string().check(z.regex(/^[a-z_]+$/))),
  files: z.record(z.string(), z.strictObject({ size: z.int(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof Manifest>;

export function newManifest(about: Pick<Manifest, "database" | "migrations" | "tables">): Manifest {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return { format: FORMAT, version, createdAt: new Date().toISOString(), ...about, files: {} };
}
