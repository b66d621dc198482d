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
      "Prove with a mailed link that an address is one's own; a changed address takes effect by it. Asks for the account's password unless its owner is logged in here",
    body: EmailVerification,
    success: { status: 200, body: z.strictObject({ email: z.string(), isChanged: z.boolean() }) },
    problems: ["link_invalid", "password_required", "invalid_credentials", "email_taken", "rate_limited", "overloaded"],
  }),

  resendVerification: endpoint({
    method: "POST",
    path: "/api/account/verification",
    access: "user",
    summary: "Ask for another mail with the link that proves one's own address",
    success: { status: 202, body: null },
    problems: [],
  }),

  change: endpoint({
    method: "POST",
    path: "/api/account/email",
    access: "user",
    fresh: true,
    summary: "Ask for one's address to be changed: a link to the new one does it, a notice goes to the old one",
    body: EmailChange,
    success: { status: 202, body: null },
    problems: ["email_taken", "mail_unavailable", "rate_limited"],
  }),

  cancelChange: endpoint({
    method: "DELETE",
    path: "/api/account/email",
    access: "user",
    summary: "Forget about a change of address that was not confirmed yet",
    success: { status: 204, body: null },
    problems: [],
  }),

  undoChange: endpoint({
    method: "POST",
    path: "/api/auth/undo-email-change",
    access: "anyone",
    summary: "Take a change of address back, with the link in the notice to the former one: ends all sessions",
    body: TokenInput,
    success: { status: 200, body: z.strictObject({ email: z.string() }) },
    problems: ["link_invalid", "rate_limited"],
  }),
};
