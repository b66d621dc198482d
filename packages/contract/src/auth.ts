import * as z from "zod/mini";
import { Code } from "./code.ts";
import { endpoint } from "./endpoint.ts";
import { fault } from "./faults.ts";
import { ClaimedPassword, NewPassword } from "./password.ts";
import { LiveSession, PendingSession } from "./sessions.ts";
import { TokenInput } from "./tokens.ts";
import { Email, PersonName } from "./user.ts";

export const SignupInput = z.strictObject({
  name: PersonName,
  email: Email,
  password: NewPassword,
  remember: z.optional(z.boolean(fault("remember_invalid"))),
});
export type SignupInput = z.infer<typeof SignupInput>;

export const LoginInput = z.strictObject({
  email: Email,
  password: ClaimedPassword,
  remember: z.optional(z.boolean(fault("remember_invalid"))),
});
export type LoginInput = z.infer<typeof LoginInput>;

/** The session after a correct password; pending if the account has an authenticator app. */
export const LoginAnswer = z.union([LiveSession, PendingSession]);
export type LoginAnswer = z.infer<typeof LoginAnswer>;

/** `code` is a code of the authenticator app or a recovery code; ignored if the account has no authenticator app. */
export const Reauthentication = z.strictObject({ password: ClaimedPassword, code: z.optional(Code) });
export type Reauthentication = z.infer<typeof Reauthentication>;

export const authEndpoints = {
  signup: endpoint({
    method: "POST",
    path: "/api/auth/signup",
    access: "anyone",
    summary: "Create an account and log in",
    body: SignupInput,
    success: { status: 201, body: LiveSession },
    problems: ["signup_closed", "email_taken", "rate_limited", "overloaded", "secure_cookie_impossible"],
  }),

  login: endpoint({
    method: "POST",
    path: "/api/auth/login",
    access: "anyone",
    summary: "Log in. With two-factor authentication set up, the new session is pending until its code is verified",
    body: LoginInput,
    success: { status: 200, body: LoginAnswer },
    problems: ["invalid_credentials", "rate_limited", "overloaded", "secure_cookie_impossible"],
  }),

  logout: endpoint({
    method: "POST",
    path: "/api/auth/logout",
    access: "anyone",
    summary: "Log out. Without a session, this does nothing",
    success: { status: 204, body: null },
    problems: [],
  }),

  reauthenticate: endpoint({
    method: "POST",
    path: "/api/account/reauthenticate",
    access: "user",
    summary:
      "Confirm it’s you with your password, and a code if you use two-factor authentication. The session gets a new id",
    body: Reauthentication,
    success: { status: 200, body: LiveSession },
    problems: ["invalid_credentials", "invalid_code", "rate_limited", "overloaded"],
  }),

  reportUnknownLogin: endpoint({
    method: "POST",
    path: "/api/auth/not-me",
    access: "anyone",
    summary: "Report an unknown log-in with the link from its email. Ends all sessions and starts a password reset",
    body: TokenInput,
    success: { status: 200, body: z.strictObject({ resetToken: z.string() }) },
    problems: ["link_invalid", "rate_limited"],
  }),

  unlock: endpoint({
    method: "POST",
    path: "/api/auth/unlock",
    access: "anyone",
    summary: "Allow this browser more attempts, with the link from the email about failed log-ins. Doesn’t log in",
    body: TokenInput,
    success: { status: 204, body: null },
    problems: ["link_invalid", "rate_limited"],
  }),
};
