import type { TestMail } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import type { Limits } from "../../config/limits.ts";
import { inTransaction } from "../../platform/http/context.ts";
import { enqueueMail, type Mail, type MailContext, renderBody } from "../../platform/mail/enqueue-mail.ts";
import type { Mailer } from "../../platform/mail/mailer.ts";
import { issueShopToken } from "../tokens/shop-token.ts";

type TestMailContext = MailContext & { mailer: Mailer; limits: Pick<Limits, "mailedToken"> };

const REASON_MAX_LENGTH = 300;

/**
 * Sends a test mail at once, past the outbox, and returns whether the mail server has accepted it. In the local demo
 * the mail lands in the mail tray. Its link confirms that mails arrive, which "accepted" does not mean.
 */
export async function sendTestMail(ctx: TestMailContext, to: string): Promise<TestMail> {
  const { em, mailer, clock, log, limits } = ctx;
  const lifetimeMs = limits.mailedToken;
  const token = await issueShopToken(ctx, { purpose: "mail_check", lifetimeMs, isReplacing: true });
  const mail = mailTo(to, `/test-email#token=${token}`);
  if (mailer.sendNow === null) {
    await inTransaction(ctx, (ctx) => enqueueMail(ctx, mail));
    return { delivered: true };
  }
  const outcome = await mailer.sendNow({
    to,
    subject: mail.subject,
    ...renderBody(mailer, mail, await mailer.readNames(em)),
    messageId: `<${uuid()}@${mailer.domain}>`,
    date: new Date(clock.now()),
  });
  if (outcome.kind === "sent") return { delivered: true };
  log.warn({ event: "test_mail_failed", code: outcome.code }, "the mail server did not accept a test mail");
  return { delivered: false, reason: inOneLine(`${outcome.code}: ${outcome.response}`) };
}

function mailTo(to: string, path: string): Mail {
  return {
    kind: "test",
    to,
    subject: "Test email",
    heading: "Your shop can send email",
    paragraphs: [
      (shop) => `This is a test email from ${shop}. It shows that the email settings of the shop work.`,
      "Confirm that you got it: from then on the shop can take money.",
    ],
    button: { label: "Confirm that email works", path },
    closing: "You get it because you asked for it in the shop settings. The link works once and expires in an hour.",
  };
}

/** One line in place of the mail server's answer, which can have several. */
function inOneLine(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, " ")
    .slice(0, REASON_MAX_LENGTH)
    .trim();
}
