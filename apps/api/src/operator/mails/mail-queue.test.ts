import { type MailState, mailKinds, type Problem, type QueuedMail } from "@yumroad/contract";
import { type Client, createLatch, type MailboxOptions, MailRefusal } from "@yumroad/testkit";
import { expect, it, onTestFinished } from "vitest";
import { makeOperator } from "../../../test/operators.ts";
import { createTestApp, type TestApp, type TestAppOptions } from "../../../test/test-app.ts";
import { backgroundContext } from "../../platform/http/background-context.ts";
import { enqueueMail } from "../../platform/mail/enqueue-mail.ts";
import { MailEntity } from "../../platform/mail/mail.entity.ts";

const PATH = "/api/operator/mails";

interface Shop {
  app: TestApp;
  client: Client;
}

/** A shop with an operator and an empty outbox. */
async function openShop(mail: MailboxOptions = {}, limits: TestAppOptions["limits"] = {}): Promise<Shop> {
  const app = await createTestApp({ mail, limits });
  onTestFinished(app.close);
  const { client } = await makeOperator(app, await app.signUp());
  await app.dependencies.database.fork().nativeDelete(MailEntity, {});
  return { app, client };
}

async function enqueue({ app }: Shop, name: string): Promise<string> {
  const id = await enqueueMail(backgroundContext(app.dependencies), {
    kind: "password_reset",
    to: `${name}@example.com`,
    subject: "Choose a new password",
    heading: "Secret heading",
    paragraphs: ["Secret words."],
    button: { label: "Choose it", path: "/reset-password#token=live-token" },
  });
  return id ?? "";
}

const list = async ({ client }: Shop, query = "") =>
  (await client.get<{ items: QueuedMail[]; nextCursor: string | null }>(`${PATH}${query}`)).json;
const retry = ({ client }: Shop, id: string) => client.post<QueuedMail & Problem>(`${PATH}/${id}/retry`);
const deliver = ({ app }: Shop) => app.dependencies.mailer.worker.run();

/** The mail server's answers by the recipient's name: "gone" never gets a mail, "busy" not now. */
function answerByName(address: string): void {
  if (address.startsWith("gone")) throw new MailRefusal(550, `<${address}>: no such user`);
  if (address.startsWith("busy")) throw new MailRefusal(451, `<${address}>: come back later`);
}

it("R85: mails are listed with their state, and never with their address, subject, text or link", async () => {
  const held = createLatch();
  const goOn = createLatch();
  const shop = await openShop(
    {
      onRecipient: answerByName,
      async onMail({ recipients }) {
        if (!recipients[0]?.startsWith("held")) return;
        held.open();
        await goOn.wait();
      },
    },
    { mailsAtOnce: 1 },
  );
  for (const name of ["sent", "gone", "busy", "held", "queued"]) await enqueue(shop, name);
  const delivered = deliver(shop);
  await held.wait();
  const answer = await shop.client.get<{ items: QueuedMail[] }>(PATH);
  const shown = answer.json.items.map(({ to, state, attempts, error }) => [to, state, attempts, error]);
  expect(shown).toEqual([
    ["q•••@e•••.com", "queued", 0, null],
    ["h•••@e•••.com", "sending", 1, null],
    ["b•••@e•••.com", "failing", 1, "EENVELOPE 451 451 ••• come back later"],
    ["g•••@e•••.com", "given_up", 1, "EENVELOPE 550 550 ••• no such user"],
    ["s•••@e•••.com", "sent", 1, null],
  ]);
  expect(answer.text).not.toMatch(/example\.com|new password|secret|token|shop\.example/i);
  for (const { id, state, kind } of answer.json.items) {
    expect(mailKinds).toHaveProperty(kind);
    expect((await list(shop, `?state=${state}`)).items.map((mail) => mail.id)).toEqual([id]);
  }
  goOn.open();
  await delivered;
});

it("come page by page, the newest first", async () => {
  const shop = await openShop();
  const ids: string[] = [];
  for (const name of ["one", "two", "three"]) ids.unshift(await enqueue(shop, name));
  const first = await list(shop, "?limit=2");
  const second = await list(shop, `?limit=2&cursor=${first.nextCursor}`);
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
  expect(second.nextCursor).toBeNull();
});

it.each([
  ["was given up", "gone", "given_up"],
  ["waits for its next attempt", "busy", "failing"],
] as const)("a mail that %s is sent once when it is retried, however often", async (_, name, state: MailState) => {
  let isRefusing = true;
  const shop = await openShop({
    onRecipient(address) {
      if (isRefusing) answerByName(address);
    },
  });
  const id = await enqueue(shop, name);
  await deliver(shop);
  expect((await list(shop)).items).toMatchObject([{ state }]);
  isRefusing = false;
  const { status, json } = await retry(shop, id);
  expect([status, json]).toMatchObject([
    200,
    { id, state: "failing", nextAttemptAt: new Date(shop.app.clock.now()).toISOString() },
  ]);
  expect((await retry(shop, id)).status).toBe(200);
  expect(await shop.app.mailbox.to(`${name}@example.com`)).toHaveLength(1);
  expect((await list(shop)).items).toMatchObject([{ state: "sent", attempts: 2, error: null }]);
  const again = await retry(shop, id);
  expect([again.status, again.json.code]).toEqual([409, "mail_already_sent"]);
  shop.app.clock.advance("2d");
  expect(await shop.app.mailbox.to(`${name}@example.com`)).toHaveLength(1);
});

it("a mail that is being sent is not sent twice when it is retried", async () => {
  const held = createLatch();
  const goOn = createLatch();
  const shop = await openShop({
    async onMail() {
      held.open();
      await goOn.wait();
    },
  });
  const other = await createTestApp({ beside: shop.app });
  onTestFinished(other.close);
  const id = await enqueue(shop, "ada");
  const delivered = deliver(shop);
  await held.wait();
  expect((await retry(shop, id)).json).toMatchObject({ state: "sending", attempts: 1 });
  await other.dependencies.mailer.worker.run();
  goOn.open();
  await delivered;
  await deliver(shop);
  expect(shop.app.mailbox.server.mails).toHaveLength(1);
  expect((await list(shop)).items).toMatchObject([{ state: "sent", attempts: 1 }]);
});

it("a mail whose text was deleted can't be retried: it is kept for a week after the mail was given up", async () => {
  const shop = await openShop({ onRecipient: answerByName });
  const id = await enqueue(shop, "gone");
  await deliver(shop);
  const { sweep } = shop.app.dependencies.workers;
  const bodyOf = async () => (await shop.app.dependencies.database.fork().findOneOrFail(MailEntity, id)).body;
  shop.app.clock.advance("6d");
  await sweep.run();
  expect(await bodyOf()).not.toBe("");
  shop.app.clock.advance("25h");
  await sweep.run();
  expect(await bodyOf()).toBe("");
  const person = await makeOperator(shop.app, await shop.app.signUp());
  expect((await retry({ ...shop, ...person }, id)).json.code).toBe("mail_text_deleted");
});

it("mails of the demo's tray are listed, and can't be retried", async () => {
  const shop = await openShop();
  const id = await enqueue(shop, "ada");
  await shop.app.dependencies.database.fork().nativeUpdate(MailEntity, { id }, { nextAttemptAt: null });
  expect((await list(shop)).items).toMatchObject([{ id, state: "in_tray" }]);
  expect((await retry(shop, id)).status).toBe(404);
  expect(await shop.app.mailbox.to("ada@example.com")).toEqual([]);
});
