import * as z from "zod/mini";
import { StoreRef } from "./store-ref.ts";
import { hasControlCharacters, line } from "./text.ts";

/** Maximum length of an email address: RFC 5321, 4.5.3.1.3 allows 256 characters including two angle brackets. */
export const EMAIL_MAX_LENGTH = 254;

export const Email = z.string("The email is missing").check(
  z.refine((value) => !hasControlCharacters(value), { error: "This is not an email address", abort: true }),
  z.trim(),
  z.refine((value) => value.length > 0, { error: "The email is missing", abort: true }),
  z.maxLength(EMAIL_MAX_LENGTH, { error: "The email is too long", abort: true }),
  z.email("This is not an email address"),
);

/** An email address, or an empty text. */
export const OptionalEmail = z.string("The email is missing").check(
  z.refine((value) => !hasControlCharacters(value), { error: "This is not an email address", abort: true }),
  z.trim(),
  z.maxLength(EMAIL_MAX_LENGTH, { error: "The email is too long", abort: true }),
  z.refine((value) => value === "" || z.safeParse(Email, value).success, "This is not an email address"),
);

export const PersonName = line({ label: "The name", min: 1, max: 60 });

/**
 * The logged-in user, with the data that pages need. `store`: null if the user has no store. `isOperator`: true if the
 * user operates this shop.
 */
export const User = z.strictObject({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  store: z.nullable(StoreRef),
  isOperator: z.boolean(),
});
export type User = z.infer<typeof User>;
