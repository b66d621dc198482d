import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import { newLoginWords } from "../../words/account-mails.ts";
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
  const at = `${TIME.format(loggedInAt)} UTC`;
  const words = newLoginWords({ device, address, at, linkMs: ctx.limits.mailedToken });
  await enqueueMail(ctx, {
    kind: "new_device",
    to: user.email,
    ...words,
    button: { label: words.buttonLabel, path: `/not-me#token=${token}` },
  });
}
