import * as z from "zod/mini";
import { Code } from "./code.ts";
import { endpoint } from "./endpoint.ts";
import { countCharacters, hasControlCharacters, isWellFormed, line } from "./text.ts";

/** Lengths of a password in characters (code points), counted after NFKC. */
export const PASSWORD_LENGTH = { min: 8, max: 128 } as const;

/**
 * The longest text that is looked at as a password, in UTF-16 units: normalising takes the square of a run of combining
 * marks. Of what NFKC makes one character of, the longest has six units, so that 128 of them fit.
 */
export const PASSWORD_MAX_UNITS = 1024;

/** How long the longest address may be (RFC 5321, 4.5.3.1.3, less the angle brackets). */
export const EMAIL_MAX_LENGTH = 254;

/**
 * A password as it is compared: NFKC, so that one typed on another keyboard is the same (NIST SP 800-63B, 3.1.1.2).
 * Throws a RangeError for one of more than `PASSWORD_MAX_UNITS`, which nobody has.
 */
export function normalizePassword(password: string): string {
  if (password.length > PASSWORD_MAX_UNITS)
    throw new RangeError(`A text of ${password.length} units is no password: it is not normalised`);
  return password.normalize("NFKC");
}

export const Email = z.string("The email is missing").check(
  z.refine((value) => !hasControlCharacters(value), { error: "This is not an email address", abort: true }),
  z.trim(),
  z.refine((value) => value.length > 0, { error: "The email is missing", abort: true }),
  z.maxLength(EMAIL_MAX_LENGTH, { error: "The email is too long", abort: true }),
  z.email("This is not an email address"),
);

export const PersonName = line({ label: "The name", min: 1, max: 60 });

/** A password that somebody chooses. That it is not a common one, the server checks besides. */
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

/** A password that somebody claims: everything but an empty one and one that could never be chosen is looked at. */
export const ClaimedPassword = claimedPassword("The password");

function claimedPassword(label: string) {
  return z
    .string(`${label} is missing`)
    .check(...beforeNormalising(label), passwordLength(label, { min: 1, max: PASSWORD_LENGTH.max }));
}

/** What has to be asked of a password before anything that takes longer for a longer one. */
function beforeNormalising(label: string) {
  return [
    z.refine<string>((value) => value !== "", { error: `${label} is missing`, abort: true }),
    z.refine<string>((value) => value.length <= PASSWORD_MAX_UNITS, { error: tooLong(label), abort: true }),
  ] as const;
}

/** Its length, for which it is normalised once. */
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

export const SignupInput = z.strictObject({
  name: PersonName,
  email: Email,
  password: NewPassword,
  remember: z.optional(z.boolean("“Remember me” is yes or no")),
});
export type SignupInput = z.infer<typeof SignupInput>;

export const LoginInput = z.strictObject({
  email: Email,
  password: ClaimedPassword,
  remember: z.optional(z.boolean("“Remember me” is yes or no")),
});
export type LoginInput = z.infer<typeof LoginInput>;

export const StoreRef = z.strictObject({ handle: z.string(), name: z.string() });
export type StoreRef = z.infer<typeof StoreRef>;

/** The person who is logged in, as far as the page needs to know. */
export const User = z.strictObject({ id: z.string(), email: z.string(), name: z.string(), store: StoreRef });
export type User = z.infer<typeof User>;

/** A moment in UTC, ISO 8601 with milliseconds. */
export const Timestamp = z.iso.datetime();

/** A session that is alive. `expiresAt` is the earlier of its idle and its absolute end. */
export const LiveSession = z.strictObject({ user: User, expiresAt: Timestamp });
export type LiveSession = z.infer<typeof LiveSession>;

/** What can stand in for the second factor: the app's code of the moment, or one of the codes kept for a rainy day. */
export const SecondFactor = z.enum(["totp", "recovery_code"]);
export type SecondFactor = z.infer<typeof SecondFactor>;

/** The password was right and a second factor is still owed. Until then the session is nobody's (R70). */
export const PendingSession = z.strictObject({
  user: z.null(),
  expiresAt: Timestamp,
  ended: z.literal(false),
  secondFactors: z.array(SecondFactor),
});
export type PendingSession = z.infer<typeof PendingSession>;

/** Nobody is logged in. `ended`: the browser still holds the cookie of a session that is over. */
export const NoSession = z.strictObject({ user: z.null(), expiresAt: z.null(), ended: z.boolean() });
export type NoSession = z.infer<typeof NoSession>;

export const SessionState = z.union([LiveSession, PendingSession, NoSession]);
export type SessionState = z.infer<typeof SessionState>;

/** The answer to a right password. */
export const LoginAnswer = z.union([LiveSession, PendingSession]);
export type LoginAnswer = z.infer<typeof LoginAnswer>;

export const signup = endpoint({
  method: "POST",
  path: "/api/auth/signup",
  access: "anyone",
  summary: "Make an account with a store of its own, and log in",
  body: SignupInput,
  success: { status: 201, body: LiveSession },
  problems: ["signup_closed", "email_taken", "rate_limited", "overloaded", "secure_cookie_impossible"],
});

export const login = endpoint({
  method: "POST",
  path: "/api/auth/login",
  access: "anyone",
  summary: "Log in: a new session, whatever session there was before; half of one where a second factor is set up",
  body: LoginInput,
  success: { status: 200, body: LoginAnswer },
  problems: ["invalid_credentials", "rate_limited", "overloaded", "secure_cookie_impossible"],
});

export const logout = endpoint({
  method: "POST",
  path: "/api/auth/logout",
  access: "anyone",
  summary: "Log out: ends the session on the server and clears its cookie; without a session it does nothing",
  success: { status: 204, body: null },
  problems: [],
});

export const session = endpoint({
  method: "GET",
  path: "/api/auth/session",
  access: "anyone",
  summary: "Who is logged in, if anybody; `passive=1` asks without keeping the session alive",
  query: z.strictObject({ passive: z.optional(z.literal("1")) }),
  success: { status: 200, body: SessionState },
  problems: [],
});

/** The signed-in person's own account, as the settings show it. */
export const Account = z.strictObject({
  user: User,
  isEmailVerified: z.boolean(),
  /** An address that waits to be confirmed. */
  pendingEmail: z.nullable(z.string()),
  createdAt: Timestamp,
  passwordChangedAt: Timestamp,
  /** When the account will be deleted; null unless its owner has asked for it. */
  deletionAt: z.nullable(Timestamp),
});
export type Account = z.infer<typeof Account>;

export const account = endpoint({
  method: "GET",
  path: "/api/account",
  access: "user",
  summary: "One's own account",
  success: { status: 200, body: Account },
  problems: [],
});

export const ProfileChange = z.strictObject({ name: PersonName });
export type ProfileChange = z.infer<typeof ProfileChange>;

export const changeProfile = endpoint({
  method: "PATCH",
  path: "/api/account",
  access: "user",
  summary: "Change one's own name",
  body: ProfileChange,
  success: { status: 200, body: Account },
  problems: ["rate_limited"],
});

export const PasswordChange = z.strictObject({
  // Two of them in one form: its faults have to say which.
  currentPassword: claimedPassword("The current password"),
  password: NewPassword,
});
export type PasswordChange = z.infer<typeof PasswordChange>;

export const changePassword = endpoint({
  method: "POST",
  path: "/api/account/password",
  access: "user",
  fresh: true,
  summary: "Change one's own password: a new session here, the end of all others, and a mail that says so",
  body: PasswordChange,
  success: { status: 200, body: LiveSession },
  problems: ["invalid_credentials", "rate_limited", "overloaded"],
});

/** `code` where an authenticator app is set up: the app's, or a recovery code. Where none is, it is not looked at. */
export const Reauthentication = z.strictObject({ password: ClaimedPassword, code: z.optional(Code) });
export type Reauthentication = z.infer<typeof Reauthentication>;

export const reauthenticate = endpoint({
  method: "POST",
  path: "/api/account/reauthenticate",
  access: "user",
  summary:
    "Prove with the password, and a code where an authenticator app is set up, that it is still oneself: the session goes on under a new id",
  body: Reauthentication,
  success: { status: 200, body: LiveSession },
  problems: ["invalid_credentials", "invalid_code", "rate_limited", "overloaded"],
});
