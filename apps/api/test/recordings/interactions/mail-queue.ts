import type { EndpointName } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import { MailEntity, type MailRow } from "../../../src/platform/mail/mail.entity.ts";
import type { Fixtures } from "../fixtures.ts";
import { type Interactions, untilLimited } from "../interaction.ts";

const MINUTE = 60_000;

/**
 * Puts mails of all states into the outbox. They are rows of their own: real ones come from users whose number in the
 * outbox depends on the recordings made before.
 */
async function setOutbox({ app, clock }: Fixtures): Promise<Record<"sent" | "givenUp" | "withoutText", string>> {
  const em = app.dependencies.database.fork();
  await em.nativeDelete(MailEntity, {});
  const at = (minutes: number) => new Date(clock.now() + minutes * MINUTE);
  const insert = async (mail: Partial<MailRow> & Pick<MailRow, "kind" | "createdAt">) => {
    const id = uuid();
    await em.insert(MailEntity, {
      id,
      toAddress: "ada@example.com",
      subject: "Never shown",
      body: "sealed",
      messageId: `<${id}@shop.example>`,
      ...mail,
    });
    return id;
  };
  const refused = { attempts: 1, givenUpAt: at(-50), lastError: "EENVELOPE 550 5.1.1 <ada@example.com>: no such user" };
  const withoutText = await insert({ kind: "totp_added", createdAt: at(-90), ...refused, body: "" });
  const sent = await insert({ kind: "verify_email", createdAt: at(-60), attempts: 1, sentAt: at(-59), body: "" });
  const givenUp = await insert({ kind: "password_changed", createdAt: at(-50), ...refused });
  const failure = { attempts: 2, lastError: "ECONNECTION", nextAttemptAt: at(3) };
  await insert({ kind: "new_device", createdAt: at(-3), ...failure });
  const claim = { attempts: 1, nextAttemptAt: at(-1), claimedUntil: at(2) };
  await insert({ kind: "passkey_added", createdAt: at(-1), ...claim });
  await insert({ kind: "password_reset", createdAt: at(0), nextAttemptAt: at(0) });
  return { sent, givenUp, withoutText };
}

export const mailQueueInteractions = {
  "operator.listMails": {
    async success(fixtures, ask) {
      await setOutbox(fixtures);
      return ask(fixtures.operatorBystander.client);
    },
    async "success: more to come"(fixtures, ask) {
      await setOutbox(fixtures);
      return ask(fixtures.operatorBystander.client, { query: "?limit=5" });
    },
    async "success: none in that state"(fixtures, ask) {
      await setOutbox(fixtures);
      return ask(fixtures.operatorBystander.client, { query: "?state=in_tray" });
    },
  },

  "operator.retryMail": {
    async success(fixtures, ask) {
      const { givenUp } = await setOutbox(fixtures);
      return ask(fixtures.operatorBystander.client, { params: { id: givenUp } });
    },
    async mail_already_sent(fixtures, ask) {
      const { sent } = await setOutbox(fixtures);
      return ask(fixtures.operatorBystander.client, { params: { id: sent } });
    },
    async mail_text_deleted(fixtures, ask) {
      const { withoutText } = await setOutbox(fixtures);
      return ask(fixtures.operatorBystander.client, { params: { id: withoutText } });
    },
    mail_unavailable: ({ lastOperator }, ask) => ask(lastOperator.client, { params: { id: uuid() } }),
    async rate_limited(fixtures, ask) {
      const client = fixtures.clientAt(await fixtures.newOperator(), fixtures.exhausted);
      return untilLimited(() => ask(client, { params: { id: uuid() } }));
    },
  },
} satisfies Partial<Record<EndpointName, Interactions>>;
