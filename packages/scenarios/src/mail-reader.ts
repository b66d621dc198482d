import assert from "node:assert/strict";
import type { Mailbox, ReceivedMail } from "@yumroad/testkit";
import type { TestEnvironment } from "./test-environment.ts";

interface ReaderOptions {
  /** Makes the shop send its due mails, where it does not do so by itself. */
  deliver?: () => Promise<void>;
  /** Time after an event within which the shop may still send a mail about it. */
  settleMs?: number;
}

const PATIENCE_MS = 15_000;

/** Reads a mailbox one mail at a time; each mail is returned once. */
export function createMailReader(
  mailbox: Mailbox,
  { deliver = async () => {}, settleMs = 0 }: ReaderOptions = {},
): TestEnvironment["mail"] {
  const handedOver = new Set<ReceivedMail>();
  const fits = (subject: string | RegExp) => (mail: ReceivedMail) =>
    !handedOver.has(mail) && (typeof subject === "string" ? mail.subject === subject : subject.test(mail.subject));

  return {
    async next(address, subject) {
      const giveUpAt = performance.now() + PATIENCE_MS;
      for (;;) {
        await deliver();
        const mail = mailbox.to(address).find(fits(subject));
        if (mail) {
          handedOver.add(mail);
          return mail;
        }
        const others = mailbox.to(address).map((one) => one.subject);
        assert.ok(performance.now() < giveUpAt, `no mail “${subject}” came to ${address}, only: ${others.join(", ")}`);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    },

    async left(address, subject) {
      await deliver();
      await new Promise((resolve) => setTimeout(resolve, settleMs));
      return mailbox.to(address).filter(fits(subject));
    },
  };
}
