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
    summary: "Make an account with a store of its own, and log in",
    body: SignupInput,
    success: { status: 201, body: LiveSession },
    problems: ["signup_closed", "email_taken", "rate_limited", "overloaded", "secure_cookie_impossible"],
  }),

  login: endpoint({
    method: "POST",
    path: "/api/auth/login",
    access: "anyone",
    summary: "Log in: a new session, whatever session there was before; pending where a second factor is set up",
    body: LoginInput,
    success: { status: 200, body: LoginAnswer },
    problems: ["invalid_credentials", "rate_limited", "overloaded", "secure_cookie_impossible"],
  }),

  logout: endpoint({
    method: "POST",
    path: "/api/auth/logout",
    access: "anyone",
    summary: "Log out: ends the session on the server and clears its cookie; without a session it does nothing",
    success: { status: 204, body: null },
    problems: [],
  }),

  reauthenticate: endpoint({
    method: "POST",
    path: "/api/account/reauthenticate",
    access: "user",
    summary:
      "Prove with the password, and a code where an authenticator app is set up, that it is still oneself: the session goes on under a new id",
    body: Reauthentication,
    success: { status: 200, body: LiveSession },
    problems: ["invalid_credentials", "invalid_code", "rate_limited", "overloaded"],
  }),

  reportUnknownLogin: endpoint({
    method: "POST",
    path: "/api/auth/not-me",
    access: "anyone",
    summary: "“This wasn't me”, with the link in a notice of a log-in: ends all sessions and starts a new password",
    body: TokenInput,
    success: { status: 200, body: z.strictObject({ resetToken: z.string() }) },
    problems: ["link_invalid", "rate_limited"],
  }),

  unlock: endpoint({
    method: "POST",
    path: "/api/auth/unlock",
    access: "anyone",
    summary:
      "Allow this browser some tries of its own, with the link in a notice of too many wrong ones: logs nobody in",
    body: TokenInput,
    success: { status: 204, body: null },
    problems: ["link_invalid", "rate_limited"],
  }),
};
