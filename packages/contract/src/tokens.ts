import * as z from "zod/mini";
import { fault } from "./faults.ts";

/**
 * The token in the fragment of a mailed link: `/reset-password#token=…`, `/verify-email#token=…`,
 * `/undo-email-change#token=…`, `/not-me#token=…`, `/unlock#token=…`, `/test-email#token=…`. A text that is shorter than a
 * token is valid input too, so that a truncated link gets the same answer as an expired link.
 */
export const MailedToken = z
  .string(fault("link_incomplete"))
  .check(z.regex(/^[\w-]{1,200}$/, fault("link_incomplete")));

export const TokenInput = z.strictObject({ token: MailedToken });
export type TokenInput = z.infer<typeof TokenInput>;
