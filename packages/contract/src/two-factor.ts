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
    summary: "Complete a pending login: a code of the authenticator app, or a recovery code",
    body: CodeInput,
    success: { status: 200, body: LiveSession },
    problems: ["invalid_code", "rate_limited"],
  }),

  get: endpoint({
    method: "GET",
    path: "/api/account/factors",
    access: "user",
    summary: "How one's own account is protected beside the password",
    success: { status: 200, body: Factors },
    problems: [],
  }),

  beginTotp: endpoint({
    method: "POST",
    path: "/api/account/totp",
    access: "user",
    fresh: true,
    summary: "Begin to set up an authenticator app: the secret, and as the address that its QR code holds",
    success: { status: 201, body: z.strictObject({ secret: z.string(), uri: z.string() }) },
    problems: ["email_unverified", "already_set_up"],
  }),

  confirmTotp: endpoint({
    method: "POST",
    path: "/api/account/totp/confirm",
    access: "user",
    fresh: true,
    summary: "Finish setting up an authenticator app, with its first code: from now on a log-in asks for one",
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
    summary: "Do without the authenticator app and its recovery codes from now on",
    success: { status: 204, body: null },
    problems: [],
  }),

  renewRecoveryCodes: endpoint({
    method: "POST",
    path: "/api/account/recovery-codes",
    access: "user",
    fresh: true,
    summary:
      "New recovery codes in place of all former ones; without an authenticator app there are none to renew (404)",
    success: { status: 200, body: RecoveryCodes },
    limits: ["factorChanges"],
    problems: ["not_found", "rate_limited"],
  }),
};
