import * as z from "zod/mini";
import { fault } from "./faults.ts";
import { StoreRef } from "./store-ref.ts";
import { hasControlCharacters, line } from "./text.ts";

/** Maximum length of an email address: RFC 5321, 4.5.3.1.3 allows 256 characters including two angle brackets. */
export const EMAIL_MAX_LENGTH = 254;

export const Email = z.string(fault("missing", { field: "email" })).check(
  z.refine((value) => !hasControlCharacters(value), { error: fault("email_invalid"), abort: true }),
  z.trim(),
  z.refine((value) => value.length > 0, { error: fault("missing", { field: "email" }), abort: true }),
  z.maxLength(EMAIL_MAX_LENGTH, { error: fault("email_too_long"), abort: true }),
  z.email(fault("email_invalid")),
);

/** An email address, or an empty text. */
export const OptionalEmail = z.string(fault("missing", { field: "email" })).check(
  z.refine((value) => !hasControlCharacters(value), { error: fault("email_invalid"), abort: true }),
  z.trim(),
  z.maxLength(EMAIL_MAX_LENGTH, { error: fault("email_too_long"), abort: true }),
  z.refine((value) => value === "" || z.safeParse(Email, value).success, fault("email_invalid")),
);

export const PersonName = line({ field: "person_name", min: 1, max: 60 });

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
