import * as z from "zod/mini";

/**
 * A token from a mailed link, where it stands in the fragment: `/reset-password#token=…`, `/verify-email#token=…`,
 * `/undo-email-change#token=…`, `/not-me#token=…`, `/unlock#token=…`. One that was cut short is a link that is no longer
 * good, not a malformed request.
 */
export const MailedToken = z
  .string("The link is not complete")
  .check(z.regex(/^[\w-]{1,200}$/, "The link is not complete"));

export const TokenInput = z.strictObject({ token: MailedToken });
export type TokenInput = z.infer<typeof TokenInput>;
