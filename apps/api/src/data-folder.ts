import { chmodSync, lstatSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** What nobody but its owner may do with what this process makes from now on: anything (`umask`). */
export const OWNER_ONLY = 0o077;

const MAY_BE_WRITTEN_TO_BY_OTHERS = 0o022;

/** Our files: those of SQLite with what it puts beside them, and the demo's secrets with the drafts they are linked from. */
const NAME_OF_OURS =
  /^(?:(?:yumroad|migrate\.lock)\.db(?:-wal|-shm|-journal)?|(?:session-secret|password-pepper)\.txt(?:\.[0-9a-f]{12})?)$/;

/**
 * Makes the folder that `DATA_DIR` names, and closes it to everybody but its owner, with the files of ours in it. Only
 * where it is plain that nobody else needs it: it is this user's, and empty or in use by us. Gives what is wrong, with
 * the mend: a folder that stays open is one in which others read sessions and password hashes, and one that others
 * could write to may hold a secret that they know.
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
  if ((mode & OWNER_ONLY) !== 0) {
    const faults = [...whyItStaysOpen(folder, { uid, mode, userId }), ...strangersFiles(folder, userId)];
    if (faults.length > 0) return faults.slice(0, 1);
    chmodSync(folder, 0o700);
  }
  // After it was closed: until then others may have put something there.
  const faults = strangersFiles(folder, userId);
  // One that is closed and somebody else's, in a container often that of a user of the machine, is left as it is.
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

/** What stands under a name of ours and is not what this user has put there: it is neither used nor changed. */
function strangersFiles(folder: string, userId: number): string[] {
  return filesOfOurs(folder).flatMap((file) => {
    const found = lstatSync(file, { throwIfNoEntry: false });
    if (found === undefined) return [];
    if (!found.isFile())
      return [`DATA_DIR has ${file}, which is a link or no file: put a plain file there, or take it away.`];
    if (found.uid === userId) return [];
    const isAnothers = `DATA_DIR has ${file}, which is another user's`;
    // As when the command line is run by root beside the server.
    if (found.uid === statSync(folder).uid)
      return [`${isAnothers}, as the folder is: run this as that user (its id is ${found.uid}).`];
    return [`${isAnothers}: if you trust what is in it, run "chown ${userId}" on it; if not, move it away.`];
  });
}

/** What an older version made, or was copied here. */
function closeFile(file: string): void {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found?.isFile() && (found.mode & OWNER_ONLY) !== 0) chmodSync(file, 0o600);
}

function filesOfOurs(folder: string): string[] {
  return readdirSync(folder)
    .filter((entry) => NAME_OF_OURS.test(entry))
    .map((entry) => join(folder, entry));
}
