import * as z from "zod/mini";
import { fault } from "./faults.ts";

/**
 * A six-digit code of an authenticator app, or a recovery code. Blanks and dashes are allowed, since people type them.
 */
export const Code = z.string(fault("missing", { field: "code" })).check(
  z.trim(),
  z.refine((value) => value !== "", { error: fault("missing", { field: "code" }), abort: true }),
  z.regex(/^[0-9A-Za-z -]{6,40}$/, fault("code_invalid")),
);
