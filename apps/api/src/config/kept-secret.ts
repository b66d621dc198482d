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
 * The local demo's secret: generated once, then read from its file, which only its owner may read. Throws if it can't.
 */
export function keptSecret(file: string): string {
  if (!existsSync(file)) make(file);
  // Windows has neither flag. They refuse to follow a link or to block on a pipe.
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
    // Of two processes that start at once, the second finds a complete file and reads the secret of the first.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    unlinkSync(draft);
  }
}

/**
 * Throws unless the file belongs to this user and is closed to others: another user would know a secret that they put
 * there.
 */
function closeToOthers(descriptor: number, userId: number): void {
  const found = fstatSync(descriptor);
  if (!found.isFile()) throw new Error("not a file");
  if (found.uid !== userId) throw new Error("another user's");
  if ((found.mode & OWNER_ONLY) !== 0) fchmodSync(descriptor, 0o600);
}
