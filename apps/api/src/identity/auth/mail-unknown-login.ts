import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import { issueToken, type TokenContext } from "../tokens/issue-token.ts";

const TIME = new Intl.DateTimeFormat("en", {
  dateStyle: "long",
  timeStyle: "short",
  timeZone: "UTC",
  hourCycle: "h23",
});

/**
 * Mails the owner of an account about a login from a new browser, with a link that ends all sessions (R79), in the
 * transaction of `ctx.em`.
 */
export async function mailUnknownLogin(
  ctx: MailContext & TokenContext,
  { user, device, address, loggedInAt }: SessionRecord,
): Promise<void> {
  const token = await issueToken(ctx, { purpose: "not_me", userId: user.id, loggedInAt });
  await enqueueMail(ctx, {
    kind: "new_device",
    to: user.email,
    subject: `New log-in: ${device}`,
    heading: "A new log-in to your account",
    paragraphs: [
      `${device}, from ${address}, on ${TIME.format(loggedInAt)} UTC.`,
      "Your account does not know this device yet. If it was you, there is nothing to do.",
    ],
    button: { label: "This wasn’t me", path: `/not-me#token=${token}` },
    closing: "The link logs your account out everywhere and lets you choose a new password. It is good for an hour.",
  });
}
