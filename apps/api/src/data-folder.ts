import { chmodSync, lstatSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** What nobody but its owner may do with what this process makes from now on: anything (`umask`). */
export const OWNER_ONLY = 0o077;

/** What files of ours are called, or begin with: SQLite puts `-wal` and `-shm` behind the name of its file. */
const OURS = ["yumroad.db", "migrate.lock.db", "session-secret.txt", "password-pepper.txt"];

/**
 * Makes the folder that `DATA_DIR` names, and closes it to everybody but its owner, with the files of ours in it. Only
 * where it is plain that nobody else needs it: it is this user's, and empty or in use by us. Gives what is wrong, with
 * the mend: a folder that stays open is one in which others read sessions and password hashes.
 */
export function prepareDataFolder(folder: string): string[] {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const userId = process.getuid?.();
    // Windows has no such permissions; there a folder is as open as the one around it.
    return userId === undefined ? [] : close(folder, userId);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return [`DATA_DIR can't be made or read (${code}): name a folder that this user may write to.`];
  }
}

function close(folder: string, userId: number): string[] {
  const { uid, mode } = statSync(folder);
  const isClosed = (mode & OWNER_ONLY) === 0;
  // Whoever's it is: in a container, often that of a user of the machine.
  if (isClosed && uid !== userId) return [];
  const entries = readdirSync(folder);
  if (!isClosed && (uid !== userId || !(entries.length === 0 || entries.some(isOurs)))) {
    return [
      `DATA_DIR (${folder}) is open to other users: run "chmod 700" on it as its owner, or name a folder of its own.`,
    ];
  }
  if (!isClosed) chmodSync(folder, 0o700);
  for (const file of entries.filter(isOurs).map((entry) => join(folder, entry))) closeFile(file, userId);
  return [];
}

/** What an older version made, or was copied here. */
function closeFile(file: string, userId: number): void {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found?.isFile() && found.uid === userId && (found.mode & OWNER_ONLY) !== 0) chmodSync(file, 0o600);
}

function isOurs(entry: string): boolean {
  return OURS.some((name) => entry.startsWith(name));
}
