import * as z from "zod/mini";

/**
 * A six-digit code of an authenticator app, or a recovery code. Blanks and dashes are allowed, since people type them.
 */
export const Code = z.string("The code is missing").check(
  z.trim(),
  z.refine((value) => value !== "", { error: "The code is missing", abort: true }),
  z.regex(/^[0-9A-Za-z -]{6,40}$/, "That does not look like a code"),
);
