import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fstatSync,
  linkSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { OWNER_ONLY } from "./data-folder.ts";

/**
 * Returns the local demo's secret from `file`; generates the secret if the file does not exist. Only the owner may read
 * the file. Throws if the file can't be written, read or closed to others.
 */
export function keptSecret(file: string): string {
  if (!existsSync(file)) make(file);
  // O_NOFOLLOW refuses to follow a symbolic link, O_NONBLOCK refuses to wait on a pipe. Windows has neither flag.
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const descriptor = openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const userId = process.getuid?.();
    if (userId !== undefined) closeToOthers(descriptor, userId);
    return readFileSync(descriptor, "utf8").trim();
  } finally {
    closeSync(descriptor);
  }
}

function make(file: string): void {
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  writeFileSync(draft, `${randomBytes(48).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  try {
    // `linkSync` fails if the file exists. If two processes start at once, both use the secret of the process that was
    // first to create the file.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    unlinkSync(draft);
  }
}

/**
 * Sets the mode of the file to 0600. Throws unless it is a plain file of this user, because another user who created
 * the file would know the secret in it.
 */
function closeToOthers(descriptor: number, userId: number): void {
  const found = fstatSync(descriptor);
  if (!found.isFile()) throw new Error("not a file");
  if (found.uid !== userId) throw new Error("another user's");
  if ((found.mode & OWNER_ONLY) !== 0) fchmodSync(descriptor, 0o600);
}
