import type { User } from "@yumroad/contract";
import type { EntityManager } from "../../db/database.ts";
import type { Limits } from "../../limits.ts";
import { recordActivity } from "../activity/record-activity.ts";
import { enqueueMail, type MailParts } from "../mail/enqueue-mail.ts";
import { issueToken } from "./issue-token.ts";

type Lockout = "too_many_passwords" | "too_many_codes";

const WORDS = {
  too_many_passwords: {
    subject: "Too many wrong passwords",
    paragraphs: [
      "Somebody has tried wrong passwords for your account at Yumroad, so many that new browsers can’t log in to it for up to a day. Browsers in which you have logged in before still can.",
      "If you want to log in from another one, open this link there: it allows that browser 5 more tries.",
    ],
    closing:
      "The link is good for an hour, once, and logs nobody in. If you don’t remember your password, choose a new one: that lets you in again as well.",
  },
  too_many_codes: {
    subject: "Too many wrong codes",
    paragraphs: [
      "Somebody has tried wrong codes for your account at Yumroad, so many that none is looked at any more for up to a day. If that was not you, they know your password: choose a new one first.",
      "Then open this link in the browser in which you want to log in: it allows that browser 5 more tries.",
    ],
    closing: "The link is good for an hour, once, and logs nobody in.",
  },
} as const;

/** Tells an account's owner that it is out of tries, with a link that gives the browser it is opened in some of its own. */
export async function mailLockout(
  em: EntityManager,
  parts: MailParts & { limits: Pick<Limits, "mailedToken" | "undoEmailChange" | "liveLinks"> },
  { id: userId, email }: Pick<User, "id" | "email">,
  kind: Lockout,
): Promise<void> {
  const origin = { log: parts.logger, device: "", address: "" };
  await recordActivity({ em, clock: parts.clock }, origin, { kind: "authn_login_fail_max", userId });
  const { subject, paragraphs, closing } = WORDS[kind];
  // Without a way to send it, a token that nobody can get would be of no use.
  const path =
    parts.mailer.way === "none"
      ? "/unlock"
      : `/unlock#token=${await issueToken(em, parts, { purpose: "unlock", userId, email })}`;
  const button = { label: "Allow 5 more tries", path };
  await enqueueMail(em, parts, { kind, to: email, subject, heading: subject, paragraphs, button, closing });
}
