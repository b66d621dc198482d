import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { NEXT_MAX_BYTES } from "./safe-next.ts";
import { LiveSession } from "./sessions.ts";
import { countCharacters, hasControlCharacters, isWellFormed } from "./text.ts";
import { MailedToken } from "./tokens.ts";
import { Email } from "./user.ts";

/** Lengths of a password in characters (code points), counted after NFKC. */
export const PASSWORD_LENGTH = { min: 8, max: 128 } as const;

/**
 * The longest text that is accepted as a password, in UTF-16 units: normalising takes quadratic time in a run of
 * combining marks. NFKC composes at most six units to one character, and 128 times that fit.
 */
export const PASSWORD_MAX_UNITS = 1024;

/**
 * Normalises a password for comparison: NFKC, so that other keyboards give the same (NIST SP 800-63B, 3.1.1.2). Throws
 * a RangeError for more than `PASSWORD_MAX_UNITS`, which no valid password has.
 */
export function normalizePassword(password: string): string {
  if (password.length > PASSWORD_MAX_UNITS)
    throw new RangeError(`A text of ${password.length} units is no password: it is not normalised`);
  return password.normalize("NFKC");
}

/** A new password. The server also checks that it is not a common one. */
export const NewPassword = z.string("The password is missing").check(
  ...beforeNormalising("The password"),
  z.refine(isWellFormed, { error: "The password has a broken character in it", abort: true }),
  z.refine((value) => !hasControlCharacters(value), {
    error: "The password has a control character in it",
    abort: true,
  }),
  passwordLength("The password", PASSWORD_LENGTH),
  z.meta({ minLength: PASSWORD_LENGTH.min, maxLength: PASSWORD_LENGTH.max }),
);

/** A submitted password to be verified: anything is accepted except an empty one and one that could never be chosen. */
export const ClaimedPassword = claimedPassword("The password");

function claimedPassword(label: string) {
  return z
    .string(`${label} is missing`)
    .check(...beforeNormalising(label), passwordLength(label, { min: 1, max: PASSWORD_LENGTH.max }));
}

/** Checks that precede normalising, which is slow for long texts. */
function beforeNormalising(label: string) {
  return [
    z.refine<string>((value) => value !== "", { error: `${label} is missing`, abort: true }),
    z.refine<string>((value) => value.length <= PASSWORD_MAX_UNITS, { error: tooLong(label), abort: true }),
  ] as const;
}

/** Checks the length, normalising once. */
function passwordLength(label: string, { min, max }: { min: number; max: number }) {
  return z.check<string>(({ value, issues }) => {
    const length = countCharacters(normalizePassword(value));
    const message = length < min ? `${label} needs at least ${min} characters` : length > max ? tooLong(label) : null;
    if (message !== null) issues.push({ code: "custom", input: value, message });
  });
}

function tooLong(label: string): string {
  return `${label} has more than ${PASSWORD_LENGTH.max} characters`;
}

/** `next` is the page to return to in the end; anything but a page of this site is dropped (`safeNext`). */
export const PasswordResetRequest = z.strictObject({
  email: Email,
  next: z.optional(
    z.string().check(
      z.maxLength(NEXT_MAX_BYTES),
      z.refine((value) => !/\p{Cc}|\p{Surrogate}/u.test(value), "The way back has a control character in it"),
    ),
  ),
});
export type PasswordResetRequest = z.infer<typeof PasswordResetRequest>;

export const PasswordReset = z.strictObject({ token: MailedToken, password: NewPassword });
export type PasswordReset = z.infer<typeof PasswordReset>;

export const PasswordChange = z.strictObject({
  // The form has two passwords: messages name the one that they concern.
  currentPassword: claimedPassword("The current password"),
  password: NewPassword,
});
export type PasswordChange = z.infer<typeof PasswordChange>;

export const passwordEndpoints = {
  requestReset: endpoint({
    method: "POST",
    path: "/api/auth/forgot-password",
    access: "public",
    summary: "Ask for a mail with a link to choose a new password; the answer is the same whether there is an account",
    body: PasswordResetRequest,
    success: { status: 202, body: null },
    problems: ["rate_limited"],
  }),

  reset: endpoint({
    method: "POST",
    path: "/api/auth/reset-password",
    access: "anyone",
    summary:
      "Choose a new password with a mailed link: ends all sessions and every other link; `next` is the page to go on to",
    body: PasswordReset,
    success: { status: 200, body: z.strictObject({ next: z.nullable(z.string()) }) },
    problems: ["link_invalid", "rate_limited", "overloaded"],
  }),

  change: endpoint({
    method: "POST",
    path: "/api/account/password",
    access: "user",
    fresh: true,
    summary: "Change one's own password: a new session here, the end of all others, and a mail that says so",
    body: PasswordChange,
    success: { status: 200, body: LiveSession },
    limits: ["passwordChanges"],
    problems: ["invalid_credentials", "rate_limited", "overloaded"],
  }),
};
