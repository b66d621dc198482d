import type { User } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { LimitKey } from "../../platform/rate-limit/rate-limiter.ts";
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
  return enqueueMail(ctx, {
    kind: "verify_email",
    to: email,
    subject: "Confirm your email",
    heading: "Confirm your email",
    paragraphs: [
      (shop) =>
        `Somebody, most likely you, has an account at ${shop} with this address. Confirm that it is yours, so that we can help you back in should you ever lose your password.`,
    ],
    button: { label: "Confirm your email", path: `/verify-email#token=${token}` },
    closing:
      "The link is good for an hour, and you can ask for another one in your settings. If you did not create an account with us, open the link and say so.",
  });
}
