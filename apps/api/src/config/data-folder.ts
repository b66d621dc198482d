import { chmodSync, lstatSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * Permission bits of group and others. As the umask of the process, they leave new files accessible to the owner only.
 */
export const OWNER_ONLY = 0o077;

const MAY_BE_WRITTEN_TO_BY_OTHERS = 0o022;

/**
 * Names of this program's files: SQLite databases with their journals, and the local demo's secrets with the temporary
 * files (12 hex digits at the end) in which secrets are first written.
 */
const NAME_OF_OURS =
  /^(?:(?:yumroad|migrate\.lock)\.db(?:-wal|-shm|-journal)?|(?:session-secret|password-pepper)\.txt(?:\.[0-9a-f]{12})?)$/;

/**
 * Creates the folder of `DATA_DIR`, sets its mode to 0700, and sets the mode of this program's files in it to 0600.
 * Changes only a folder that belongs to this user and either is empty or contains files of this program. Returns the
 * faults, each with how to fix it. A folder that stays open to other users is a fault, because they could read sessions
 * and password hashes, or put their own secret into a writable folder.
 */
export function prepareDataFolder(folder: string): string[] {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const userId = process.getuid?.();
    // Windows has no `getuid` and no such permissions: the folder inherits those of its parent.
    return userId === undefined ? [] : close(folder, userId);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return [`DATA_DIR can't be made or read (${code}): name a folder that this user may write to.`];
  }
}

function close(folder: string, userId: number): string[] {
  const { uid, mode } = statSync(folder);
  if ((mode & OWNER_ONLY) !== 0) {
    const faults = [...whyItStaysOpen(folder, { uid, mode, userId }), ...strangersFiles(folder, userId)];
    if (faults.length > 0) return faults.slice(0, 1);
    chmodSync(folder, 0o700);
  }
  // Checks the files after the folder was closed to other users, because these users could put files there until that
  // moment.
  const faults = strangersFiles(folder, userId);
  // A closed folder of another user stays unchanged, because a container often mounts such a folder of its host.
  if (faults.length > 0 || uid !== userId) return faults;
  for (const file of filesOfOurs(folder)) closeFile(file);
  return [];
}

function whyItStaysOpen(folder: string, { uid, mode, userId }: { uid: number; mode: number; userId: number }) {
  const isOpen = `DATA_DIR (${folder}) is open to other users`;
  if (uid !== userId)
    return [
      `${isOpen}, and not this user's: run "chown ${userId}" and "chmod 700" on it, or name a folder of its own.`,
    ];
  if (readdirSync(folder).length === 0) return [];
  if ((mode & MAY_BE_WRITTEN_TO_BY_OTHERS) !== 0)
    return [
      `${isOpen}, who may have put there what is in it: name a new folder; or, if all in it is yours, run "chmod 700" on it.`,
    ];
  if (filesOfOurs(folder).length === 0)
    return [`${isOpen}, and holds other things: run "chmod 700" on it, or name a folder of its own.`];
  return [];
}

/**
 * Returns faults for files that have a name of this program's files but are no plain files or belong to another user.
 * Such files are neither read nor changed.
 */
function strangersFiles(folder: string, userId: number): string[] {
  return filesOfOurs(folder).flatMap((file) => {
    const found = lstatSync(file, { throwIfNoEntry: false });
    if (found === undefined) return [];
    if (!found.isFile())
      return [`DATA_DIR has ${file}, which is a link or no file: put a plain file there, or take it away.`];
    if (found.uid === userId) return [];
    const isAnothers = `DATA_DIR has ${file}, which is another user's`;
    // This happens when root runs the command line and the server runs as another user.
    if (found.uid === statSync(folder).uid)
      return [`${isAnothers}, as the folder is: run this as that user (its id is ${found.uid}).`];
    return [`${isAnothers}: if you trust what is in it, run "chown ${userId}" on it; if not, move it away.`];
  });
}

/**
 * Sets the mode of a file to 0600: an older version of this program, or copying, may have left the file readable for
 * all.
 */
function closeFile(file: string): void {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found?.isFile() && (found.mode & OWNER_ONLY) !== 0) chmodSync(file, 0o600);
}

function filesOfOurs(folder: string): string[] {
  return readdirSync(folder)
    .filter((entry) => NAME_OF_OURS.test(entry))
    .map((entry) => join(folder, entry));
}
