import { readPlaces } from "../config/read-places.ts";
import type { Manifest } from "./backup-manifest.ts";
import { readBackup } from "./read-backup.ts";
import { restoreBackup } from "./restore-backup.ts";
import { writeBackup } from "./write-backup.ts";

/** A command that needs no running shop: returns the line of its answer. */
type BackupCommand = (env: NodeJS.ProcessEnv) => Promise<string>;

/** Returns the command for backups that the words name; null: none. */
export function backupCommandOf([verb, ...words]: string[]): BackupCommand | null {
  const files = words.filter((word) => !word.startsWith("-"));
  const [file] = files;
  if (file === undefined || files.length > 1) return null;
  const options = words.filter((word) => word !== file).join(" ");
  if (verb === "backup" && options === "")
    return async (env) => `${file} is the backup: ${describe(await writeBackup(readPlaces(env), file))}.`;
  if (verb === "restore" && options === "--verify")
    return async () => `${file} is whole: ${describe(await readBackup(file))}.`;
  if (verb === "restore" && options === "")
    return async (env) => `${file} is restored: ${describe(await restoreBackup(readPlaces(env), file))}.`;
  return null;
}

function describe({ database, createdAt, version, files }: Manifest): string {
  const bytes = Object.values(files).reduce((sum, { size }) => sum + size, 0);
  const kind = database === "sqlite" ? "SQLite" : "Postgres";
  const count = Object.keys(files).length;
  return `${kind}, version ${version}, of ${createdAt}, ${count} ${count === 1 ? "file" : "files"}, ${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}
