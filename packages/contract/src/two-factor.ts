import * as z from "zod/mini";
import { Code } from "./code.ts";
import { endpoint } from "./endpoint.ts";
import { LiveSession } from "./sessions.ts";
import { Timestamp } from "./timestamp.ts";

export const CodeInput = z.strictObject({ code: Code });
export type CodeInput = z.infer<typeof CodeInput>;

/** Ten recovery codes, each for one use. Only this answer shows them: the server stores their hashes. */
export const RecoveryCodes = z.strictObject({ recoveryCodes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof RecoveryCodes>;

/** The second factors of the logged-in user's account. */
export const Factors = z.strictObject({
  /** Time at which the authenticator app was set up; null: the account has none. */
  totpSince: z.nullable(Timestamp),
  recoveryCodesLeft: z.int(),
});
export type Factors = z.infer<typeof Factors>;

export const twoFactorEndpoints = {
  completeLogin: endpoint({
    method: "POST",
    path: "/api/auth/second-factor",
    access: "pending",
    summary: "Complete a pending log-in with a 6-digit code or a recovery code",
    body: CodeInput,
    success: { status: 200, body: LiveSession },
    problems: ["invalid_code", "rate_limited"],
  }),

  get: endpoint({
    method: "GET",
    path: "/api/account/factors",
    access: "user",
    summary: "Your two-factor settings",
    success: { status: 200, body: Factors },
    problems: [],
  }),

  beginTotp: endpoint({
    method: "POST",
    path: "/api/account/totp",
    access: "user",
    fresh: true,
    summary: "Start setting up an authenticator app. Returns its secret, also as the address for a QR code",
    success: { status: 201, body: z.strictObject({ secret: z.string(), uri: z.string() }) },
    problems: ["email_unverified", "already_set_up"],
  }),

  confirmTotp: endpoint({
    method: "POST",
    path: "/api/account/totp/confirm",
    access: "user",
    fresh: true,
    summary: "Turn on two-factor authentication with the first code of the app",
    body: CodeInput,
    success: { status: 200, body: RecoveryCodes },
    limits: ["factorChanges"],
    problems: ["email_unverified", "invalid_code", "already_set_up", "rate_limited"],
  }),

  removeTotp: endpoint({
    method: "DELETE",
    path: "/api/account/totp",
    access: "user",
    fresh: true,
    summary: "Turn off two-factor authentication. Your recovery codes stop working",
    success: { status: 204, body: null },
    problems: [],
  }),

  renewRecoveryCodes: endpoint({
    method: "POST",
    path: "/api/account/recovery-codes",
    access: "user",
    fresh: true,
    summary: "Get new recovery codes; the old ones stop working. 404 without an authenticator app",
    success: { status: 200, body: RecoveryCodes },
    limits: ["factorChanges"],
    problems: ["not_found", "rate_limited"],
  }),
};
