import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { fault } from "./faults.ts";
import { NEXT_MAX_BYTES } from "./safe-next.ts";
import { LiveSession } from "./sessions.ts";
import { countCharacters, hasControlCharacters, isWellFormed } from "./text.ts";
import { MailedToken, TokenInput } from "./tokens.ts";
import { Email } from "./user.ts";

/** Minimum and maximum length of a password in characters (code points), counted after NFKC normalisation. */
export const PASSWORD_LENGTH = { min: 8, max: 128 } as const;

/**
 * Maximum length of a submitted password in UTF-16 units. Checked before normalisation, which takes quadratic time for
 * a run of combining marks. No valid password is longer: NFKC composes at most six units to one character, and 128 × 6
 * is less than 1024.
 */
export const PASSWORD_MAX_UNITS = 1024;

/**
 * Normalises a password (NFKC), so that the same characters typed on different keyboards compare equal (NIST SP
 * 800-63B, 3.1.1.2). Throws a RangeError for more than `PASSWORD_MAX_UNITS` units, which no valid password has.
 */
export function normalizePassword(password: string): string {
  if (password.length > PASSWORD_MAX_UNITS)
    throw new RangeError(`A text of ${password.length} units is no password: it is not normalised`);
  return password.normalize("NFKC");
}

/** A new password. The server also refuses common passwords. */
export const NewPassword = z.string(fault("missing", { field: "password" })).check(
  ...beforeNormalising("password"),
  z.refine(isWellFormed, { error: fault("broken_character", { field: "password" }), abort: true }),
  z.refine((value) => !hasControlCharacters(value), {
    error: fault("control_character", { field: "password" }),
    abort: true,
  }),
  passwordLength("password", PASSWORD_LENGTH),
  z.meta({ minLength: PASSWORD_LENGTH.min, maxLength: PASSWORD_LENGTH.max }),
);

/**
 * A password to be verified. Only two kinds are invalid: the empty password, and a password that is longer than any
 * account's password can be.
 */
export const ClaimedPassword = claimedPassword("password");

function claimedPassword(field: string) {
  return z
    .string(fault("missing", { field }))
    .check(...beforeNormalising(field), passwordLength(field, { min: 1, max: PASSWORD_LENGTH.max }));
}

/** Checks that run before normalisation, which is slow for long texts. */
function beforeNormalising(field: string) {
  return [
    z.refine<string>((value) => value !== "", { error: fault("missing", { field }), abort: true }),
    z.refine<string>((value) => value.length <= PASSWORD_MAX_UNITS, { error: tooLong(field), abort: true }),
  ] as const;
}

/** Checks the length in characters after normalisation. */
function passwordLength(field: string, { min, max }: { min: number; max: number }) {
  return z.check<string>(({ value, issues }) => {
    const length = countCharacters(normalizePassword(value));
    const message = length < min ? fault("too_short", { field, min }) : length > max ? tooLong(field) : null;
    if (message !== null) issues.push({ code: "custom", input: value, message });
  });
}

function tooLong(field: string): string {
  return fault("too_long", { field, max: PASSWORD_LENGTH.max });
}

/** `next` is the page to open after the reset; a value that `safeNext` rejects is ignored. */
export const PasswordResetRequest = z.strictObject({
  email: Email,
  next: z.optional(
    z.string().check(
      z.maxLength(NEXT_MAX_BYTES),
      z.refine((value) => !/\p{Cc}|\p{Surrogate}/u.test(value), fault("control_character", { field: "way_back" })),
    ),
  ),
});
export type PasswordResetRequest = z.infer<typeof PasswordResetRequest>;

export const PasswordReset = z.strictObject({ token: MailedToken, password: NewPassword });
export type PasswordReset = z.infer<typeof PasswordReset>;

export const PasswordChange = z.strictObject({
  // The form has two passwords, so each fault names its field.
  currentPassword: claimedPassword("current_password"),
  password: NewPassword,
});
export type PasswordChange = z.infer<typeof PasswordChange>;

export const passwordEndpoints = {
  requestReset: endpoint({
    method: "POST",
    path: "/api/auth/forgot-password",
    access: "public",
    summary: "Email a link to choose a new password. The response is the same whether or not there is an account",
    body: PasswordResetRequest,
    success: { status: 202, body: null },
    problems: ["rate_limited"],
  }),

  checkResetLink: endpoint({
    method: "POST",
    path: "/api/auth/reset-password/link",
    access: "public",
    summary: "The email of the account that a reset link belongs to. Doesn’t use up the link",
    body: TokenInput,
    success: { status: 200, body: z.strictObject({ email: z.string() }) },
    problems: ["link_invalid", "rate_limited"],
  }),

  reset: endpoint({
    method: "POST",
    path: "/api/auth/reset-password",
    access: "anyone",
    summary:
      "Choose a new password with an emailed link. Ends all sessions and all other links. `next` is the page to go on to",
    body: PasswordReset,
    success: { status: 200, body: z.strictObject({ next: z.nullable(z.string()) }) },
    problems: ["link_invalid", "rate_limited", "overloaded"],
  }),

  change: endpoint({
    method: "POST",
    path: "/api/account/password",
    access: "user",
    fresh: true,
    summary: "Change your password. Logs out your other devices and emails you",
    body: PasswordChange,
    success: { status: 200, body: LiveSession },
    limits: ["passwordChanges"],
    problems: ["invalid_credentials", "rate_limited", "overloaded"],
  }),
};
