import * as z from "zod/mini";

/**
 * A token from the fragment of a mailed link: `/reset-password#token=…`, `/verify-email#token=…`,
 * `/undo-email-change#token=…`, `/not-me#token=…`, `/unlock#token=…`. A truncated one is treated as an expired link and
 * not as a malformed request.
 */
export const MailedToken = z
  .string("The link is not complete")
  .check(z.regex(/^[\w-]{1,200}$/, "The link is not complete"));

export const TokenInput = z.strictObject({ token: MailedToken });
export type TokenInput = z.infer<typeof TokenInput>;
