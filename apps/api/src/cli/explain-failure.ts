import { ConfigError } from "../config/env.ts";
import { WrongPepper } from "../identity/users/refuse-other-peppers.ts";

/** The message of an error that the operator can fix; for any other error its stack. */
export function explainFailure(error: unknown): string {
  if (error instanceof ConfigError || error instanceof WrongPepper) return error.message;
  const { code, stack } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") return "The port is in use by another program: stop that, or set PORT to another number.";
  if (code === "EACCES")
    return "The port or DATA_DIR may not be used by this user: choose others with PORT and DATA_DIR.";
  if (code === "ENOSPC" || code === "EDQUOT" || code === "SQLITE_FULL")
    return "The disk is full: make room, and do the same again.";
  return stack ?? String(error);
}
