import type { TestMail } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import type { Limits } from "../../config/limits.ts";
import { inTransaction } from "../../platform/http/context.ts";
import { enqueueMail, type Mail, type MailContext, renderBody } from "../../platform/mail/enqueue-mail.ts";
import type { Mailer } from "../../platform/mail/mailer.ts";
import { testMailWords } from "../../words/shop-mails.ts";
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
  const words = testMailWords({ linkMs: lifetimeMs });
  const button = { label: words.buttonLabel, path: `/test-email#token=${token}` };
  const mail: Mail = { kind: "test", to, ...words, button };
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

/** One line in place of the mail server's answer, which can have several. */
function inOneLine(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, " ")
    .slice(0, REASON_MAX_LENGTH)
    .trim();
}
