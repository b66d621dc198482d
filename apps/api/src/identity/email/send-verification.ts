import type { User } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { LimitKey } from "../../platform/rate-limit/rate-limiter.ts";
import { verifyEmailWords } from "../../words/account-mails.ts";
import { issueAskedToken, type TokenContext } from "../tokens/issue-token.ts";
import { emailKeyOf } from "../users/user.entity.ts";

/** The limit of verification mails per address, shared by the signup and by requests for another mail. */
export function verificationLimit(email: string, { askedMails }: Pick<Limits, "askedMails">): LimitKey {
  return { key: `verification-mail:${hashKey(emailKeyOf(email))}`, limit: askedMails };
}

/**
 * Mails a link to verify a user's address, in the transaction of `ctx.em`. Returns the mail's id; null: the server
 * sends no mail, or the account has the maximum number of live links already.
 */
export async function sendVerification(
  ctx: MailContext & TokenContext,
  { id: userId, email }: Pick<User, "id" | "email">,
): Promise<string | null> {
  if (ctx.mailer.way === "none") return null;
  const token = await issueAskedToken(ctx, { purpose: "verify_email", userId, email });
  if (token === null) return null;
  const words = verifyEmailWords({ linkMs: ctx.limits.mailedToken });
  return enqueueMail(ctx, {
    kind: "verify_email",
    to: email,
    ...words,
    button: { label: words.buttonLabel, path: `/verify-email#token=${token}` },
  });
}
