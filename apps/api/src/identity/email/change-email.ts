import type { User } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import { inTransaction } from "../../platform/http/context.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { TooMany } from "../../platform/rate-limit/limited.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import { confirmNewEmailWords, emailChangeAskedWords } from "../../words/account-mails.ts";
import { type ActivityContext, recordActivity } from "../activity/record-activity.ts";
import { issueToken } from "../tokens/issue-token.ts";
import { lockUser } from "../users/lock-user.ts";
import { emailKeyOf } from "../users/user.entity.ts";
import { isEmailTaken } from "./queries.ts";

type ChangeContext = MailContext & ActivityContext & { limits: Limits; rateLimiter: RateLimiter };

interface Change {
  user: Pick<User, "id" | "email">;
  email: string;
}

export type EmailChangeOutcome = { kind: "asked" } | { kind: "email_taken" } | { kind: "mail_unavailable" } | TooMany;

/** Mails a confirmation link to the new address of a user, and a notice to the current one (R64). */
export async function changeEmail(ctx: ChangeContext, { user, email }: Change): Promise<EmailChangeOutcome> {
  const { limits, mailer, rateLimiter } = ctx;
  if (mailer.way === "none") return { kind: "mail_unavailable" };
  const ofAccount = { key: `email-changes:${user.id}`, limit: limits.emailChanges };
  const toAddress = { key: `email-change-mail:${hashKey(emailKeyOf(email))}`, limit: limits.askedMails };
  const consumed = await rateLimiter.consume([ofAccount, toAddress]);
  if (!consumed.isAllowed) return { kind: "too_many", retryAfterMs: consumed.retryAfterMs };
  const isOwn = emailKeyOf(email) === emailKeyOf(user.email);
  if (isOwn || (await isEmailTaken(ctx, email, { askedBy: user.id }))) {
    await rateLimiter.refund([toAddress]);
    return { kind: "email_taken" };
  }
  await inTransaction(ctx, (ctx) => mailBoth(ctx, { userId: user.id, email }));
  return { kind: "asked" };
}

async function mailBoth(ctx: ChangeContext, { userId, email }: { userId: string; email: string }): Promise<void> {
  const user = await lockUser(ctx.em, userId);
  if (!user) return;
  await recordActivity(ctx, { kind: "authn_email_change_asked", userId });
  const token = await issueToken(ctx, { purpose: "change_email", userId, email });
  const confirm = confirmNewEmailWords({ linkMs: ctx.limits.mailedToken });
  await enqueueMail(ctx, {
    kind: "change_email",
    to: email,
    ...confirm,
    button: { label: confirm.buttonLabel, path: `/verify-email#token=${token}` },
  });
  const asked = emailChangeAskedWords();
  await enqueueMail(ctx, {
    kind: "email_change_asked",
    to: user.email,
    ...asked,
    button: { label: asked.buttonLabel, path: "/settings/security" },
  });
}
