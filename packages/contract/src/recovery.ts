import * as z from "zod/mini";
import { ClaimedPassword, Email, NewPassword } from "./accounts.ts";
import { endpoint } from "./endpoint.ts";
import { NEXT_MAX_BYTES } from "./safe-next.ts";

/**
 * A token from a mailed link, where it stands in the fragment: `/reset-password#token=…`, `/verify-email#token=…`,
 * `/undo-email-change#token=…`, `/not-me#token=…`, `/unlock#token=…`. One that was cut short is a link that is no longer
 * good, not a malformed request.
 */
export const MailedToken = z
  .string("The link is not complete")
  .check(z.regex(/^[\w-]{1,200}$/, "The link is not complete"));

export const TokenInput = z.strictObject({ token: MailedToken });
export type TokenInput = z.infer<typeof TokenInput>;

/** `next` is the page to come back to at the end of it all; what is not a page of this site is left out (`safeNext`). */
export const ForgotPasswordInput = z.strictObject({
  email: Email,
  next: z.optional(
    z.string().check(
      z.maxLength(NEXT_MAX_BYTES),
      z.refine((value) => !/\p{Cc}|\p{Surrogate}/u.test(value), "The way back has a control character in it"),
    ),
  ),
});
export type ForgotPasswordInput = z.infer<typeof ForgotPasswordInput>;

export const forgotPassword = endpoint({
  method: "POST",
  path: "/api/auth/forgot-password",
  access: "public",
  summary: "Ask for a mail with a link to choose a new password; the answer is the same whether there is an account",
  body: ForgotPasswordInput,
  success: { status: 202, body: null },
  problems: ["rate_limited"],
});

export const ResetPasswordInput = z.strictObject({ token: MailedToken, password: NewPassword });
export type ResetPasswordInput = z.infer<typeof ResetPasswordInput>;

export const resetPassword = endpoint({
  method: "POST",
  path: "/api/auth/reset-password",
  access: "anyone",
  summary:
    "Choose a new password with a mailed link: ends all sessions and every other link; `next` is the page to go on to",
  body: ResetPasswordInput,
  success: { status: 200, body: z.strictObject({ next: z.nullable(z.string()) }) },
  problems: ["link_invalid", "rate_limited", "overloaded"],
});

export const VerifyEmailInput = z.strictObject({ token: MailedToken, password: z.optional(ClaimedPassword) });
export type VerifyEmailInput = z.infer<typeof VerifyEmailInput>;

export const verifyEmail = endpoint({
  method: "POST",
  path: "/api/auth/verify-email",
  access: "anyone",
  summary:
    "Prove with a mailed link that an address is one's own; a changed address takes effect by it. Asks for the account's password unless its owner is logged in here",
  body: VerifyEmailInput,
  success: { status: 200, body: z.strictObject({ email: z.string(), isChanged: z.boolean() }) },
  problems: ["link_invalid", "password_required", "invalid_credentials", "email_taken", "rate_limited", "overloaded"],
});

export const disownAccount = endpoint({
  method: "POST",
  path: "/api/auth/disown",
  access: "anyone",
  summary:
    "“I didn't create this account”, with the link that confirms an address: disables the account and frees the address; of a change of address it calls off that alone",
  body: TokenInput,
  success: { status: 200, body: z.strictObject({ isAccountClosed: z.boolean() }) },
  problems: ["link_invalid", "rate_limited"],
});

export const undoEmailChange = endpoint({
  method: "POST",
  path: "/api/auth/undo-email-change",
  access: "anyone",
  summary: "Take a change of address back, with the link in the notice to the former one: ends all sessions",
  body: TokenInput,
  success: { status: 200, body: z.strictObject({ email: z.string() }) },
  problems: ["link_invalid", "rate_limited"],
});

export const reportUnknownLogin = endpoint({
  method: "POST",
  path: "/api/auth/not-me",
  access: "anyone",
  summary: "“This wasn't me”, with the link in a notice of a log-in: ends all sessions and starts a new password",
  body: TokenInput,
  success: { status: 200, body: z.strictObject({ resetToken: z.string() }) },
  problems: ["link_invalid", "rate_limited"],
});

export const unlockBrowser = endpoint({
  method: "POST",
  path: "/api/auth/unlock",
  access: "anyone",
  summary: "Allow this browser some tries of its own, with the link in a notice of too many wrong ones: logs nobody in",
  body: TokenInput,
  success: { status: 204, body: null },
  problems: ["link_invalid", "rate_limited"],
});

export const resendVerification = endpoint({
  method: "POST",
  path: "/api/account/verification",
  access: "user",
  summary: "Ask for another mail with the link that proves one's own address",
  success: { status: 202, body: null },
  problems: [],
});

export const EmailChange = z.strictObject({ email: Email });
export type EmailChange = z.infer<typeof EmailChange>;

export const changeEmail = endpoint({
  method: "POST",
  path: "/api/account/email",
  access: "user",
  fresh: true,
  summary: "Ask for one's address to be changed: a link to the new one does it, a notice goes to the old one",
  body: EmailChange,
  success: { status: 202, body: null },
  problems: ["email_taken", "mail_unavailable", "rate_limited"],
});

export const cancelEmailChange = endpoint({
  method: "DELETE",
  path: "/api/account/email",
  access: "user",
  summary: "Forget about a change of address that was not confirmed yet",
  success: { status: 204, body: null },
  problems: [],
});
