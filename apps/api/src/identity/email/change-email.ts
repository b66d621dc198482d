import type { User } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import { enqueueMail, type MailParts } from "../../platform/mail/enqueue-mail.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import { type ClientInfo, recordActivity } from "../activity/record-activity.ts";
import { issueToken } from "../tokens/issue-token.ts";
import { lockUser } from "../users/lock-user.ts";
import { emailKeyOf } from "../users/user.entity.ts";
import { isEmailTaken } from "./queries.ts";

interface Parts extends MailParts {
  em: EntityManager;
  limits: Limits;
  rateLimiter: RateLimiter;
}

export type EmailChangeOutcome =
  | { kind: "asked" }
  | { kind: "email_taken" }
  | { kind: "mail_unavailable" }
  | { kind: "too_many"; retryAfterMs: number };

/** Mails a link to the address that a user wants, which changes it once it is used, and a word to the one they have (R64). */
export async function changeEmail(
  parts: Parts,
  user: Pick<User, "id" | "email">,
  email: string,
  origin: ClientInfo,
): Promise<EmailChangeOutcome> {
  const { em, clock, limits, mailer, rateLimiter } = parts;
  if (mailer.way === "none") return { kind: "mail_unavailable" };
  const ofAccount = { key: `email-changes:${user.id}`, limit: limits.emailChanges };
  const toAddress = { key: `email-change-mail:${hashKey(emailKeyOf(email))}`, limit: limits.askedMails };
  const verdict = await rateLimiter.consume([ofAccount, toAddress]);
  if (!verdict.isAllowed) return { kind: "too_many", retryAfterMs: verdict.retryAfterMs };
  const isOwn = emailKeyOf(email) === emailKeyOf(user.email);
  if (isOwn || (await isEmailTaken({ em, clock }, email, { askedBy: user.id }))) {
    await rateLimiter.refund([toAddress]);
    return { kind: "email_taken" };
  }
  await em.fork().transactional((transaction) => ask(transaction, parts, { userId: user.id, email }, origin));
  return { kind: "asked" };
}

async function ask(
  em: EntityManager,
  parts: Parts,
  { userId, email }: { userId: string; email: string },
  origin: ClientInfo,
): Promise<void> {
  const user = await lockUser(em, userId);
  if (!user) return;
  await recordActivity({ em, clock: parts.clock }, origin, { kind: "authn_email_change_asked", userId });
  const token = await issueToken(em, parts, { purpose: "change_email", userId, email });
  await enqueueMail(em, parts, {
    kind: "change_email",
    to: email,
    subject: "Confirm your new email",
    heading: "Confirm your new email",
    paragraphs: ["Somebody, most likely you, wants this to be the address of their account at Yumroad."],
    button: { label: "Confirm your new email", path: `/verify-email#token=${token}` },
    closing: "The link is good for an hour. If you did not ask for it, you can ignore this mail: nothing changes.",
  });
  await enqueueMail(em, parts, {
    kind: "email_change_asked",
    to: user.email,
    subject: "Your email is about to change",
    heading: "Your email is about to change",
    paragraphs: [
      "Somebody, most likely you, has asked for another address for your account at Yumroad. It changes once the new one is confirmed.",
      "If that was not you, somebody else is in your account: choose a new password, which also stops this change.",
    ],
    button: { label: "See your security settings", path: "/settings/security" },
  });
}
