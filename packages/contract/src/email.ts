import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { ClaimedPassword } from "./password.ts";
import { MailedToken, TokenInput } from "./tokens.ts";
import { Email } from "./user.ts";

export const EmailVerification = z.strictObject({ token: MailedToken, password: z.optional(ClaimedPassword) });
export type EmailVerification = z.infer<typeof EmailVerification>;

export const EmailChange = z.strictObject({ email: Email });
export type EmailChange = z.infer<typeof EmailChange>;

export const emailEndpoints = {
  verify: endpoint({
    method: "POST",
    path: "/api/auth/verify-email",
    access: "anyone",
    summary:
      "Confirm an email with the emailed link. An email change takes effect. Needs the account’s password unless you’re logged in",
    body: EmailVerification,
    success: { status: 200, body: z.strictObject({ email: z.string(), isChanged: z.boolean() }) },
    problems: ["link_invalid", "password_required", "invalid_credentials", "email_taken", "rate_limited", "overloaded"],
  }),

  resendVerification: endpoint({
    method: "POST",
    path: "/api/account/verification",
    access: "user",
    summary: "Resend the email that confirms your address",
    success: { status: 202, body: null },
    problems: [],
  }),

  change: endpoint({
    method: "POST",
    path: "/api/account/email",
    access: "user",
    fresh: true,
    summary: "Change your email. The new one gets a link to confirm, the old one a notice",
    body: EmailChange,
    success: { status: 202, body: null },
    problems: ["email_taken", "mail_unavailable", "rate_limited"],
  }),

  cancelChange: endpoint({
    method: "DELETE",
    path: "/api/account/email",
    access: "user",
    summary: "Cancel an email change that isn’t confirmed yet",
    success: { status: 204, body: null },
    problems: [],
  }),

  undoChange: endpoint({
    method: "POST",
    path: "/api/auth/undo-email-change",
    access: "anyone",
    summary: "Undo an email change with the link sent to the old email. Ends all sessions",
    body: TokenInput,
    success: { status: 200, body: z.strictObject({ email: z.string() }) },
    problems: ["link_invalid", "rate_limited"],
  }),
};
