import { createClock, createLogCapture } from "@yumroad/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openTemporaryDatabase, type TemporaryDatabase } from "../../../test/temporary-database.ts";
import type { EntityManager } from "../db/database.ts";
import { idleWorker } from "../jobs/worker.ts";
import { createLogger } from "../lib/logger.ts";
import { createSealedBox } from "../lib/sealed-box.ts";
import { enqueueMail, enqueueMails, type Mail, type MailQueue } from "./enqueue-mail.ts";
import { MailEntity } from "./mail.entity.ts";
import { makeUndeliverableEmail } from "./undeliverable-email.ts";

const mail: Mail = {
  kind: "password_reset",
  to: "ada@example.com",
  subject: "Choose a new password",
  heading: "Choose a new password",
  paragraphs: [(shop) => `Somebody at ${shop} asked for it.`],
  button: { label: "Choose it", path: "/reset-password#token=live-token" },
};

let database: TemporaryDatabase;
let nudges = 0;
const clock = createClock("2030-01-01T00:00:00Z");
const logs = createLogCapture();
const logger = createLogger("info", logs);

function contextFor(em: EntityManager, way: MailQueue["way"]) {
  const mailer: MailQueue = {
    way,
    box: createSealedBox({ secrets: [{ id: "a", secret: "a secret of tests, long enough" }], purpose: "mail" }),
    publicUrl: new URL("https://shop.example"),
    domain: "shop.example",
    readNames: async () => ({ name: "Möbius & Sons", senderName: "Möbius, “Inc.”" }),
    worker: {
      ...idleWorker,
      nudge() {
        nudges += 1;
      },
    },
  };
  return { em, mailer, clock, log: logger };
}

beforeAll(async () => {
  database = await openTemporaryDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.fork().nativeDelete(MailEntity, {});
  nudges = 0;
  logs.clear();
});

describe("a mail that is put into the outbox", () => {
  it("is there with the commit of what caused it, and nobody is told before", async () => {
    await database.fork().transactional(async (em) => {
      await enqueueMail(contextFor(em, "smtp"), mail);
      expect(nudges).toBe(0);
    });
    expect(nudges).toBe(1);
    const [row] = await database.fork().findAll(MailEntity);
    expect(row).toMatchObject({
      kind: "password_reset",
      toAddress: "ada@example.com",
      subject: "Choose a new password",
      attempts: 0,
      createdAt: new Date(clock.now()),
      nextAttemptAt: new Date(clock.now()),
      sentAt: null,
      givenUpAt: null,
    });
    expect(row?.messageId).toBe(`<${row?.id}@shop.example>`);
  });

  it("is gone with what caused it when that is taken back", async () => {
    const broken = database.fork().transactional(async (em) => {
      await enqueueMail(contextFor(em, "smtp"), mail);
      throw new Error("changed its mind");
    });
    await expect(broken).rejects.toThrow("changed its mind");
    expect(await database.countOf("mails")).toBe(0);
    expect(nudges).toBe(0);
  });

  it("nudges once for its own transaction, and for no other", async () => {
    const em = database.fork();
    await em.transactional((transaction) => enqueueMail(contextFor(transaction, "smtp"), mail));
    await em.transactional(async (transaction) => void (await transaction.count(MailEntity)));
    expect(nudges).toBe(1);
  });

  it("may also be all there is to write", async () => {
    await enqueueMail(contextFor(database.fork(), "smtp"), mail);
    expect(await database.countOf("mails")).toBe(1);
    expect(nudges).toBe(1);
  });

  it("keeps its links sealed: the database alone gives no token away", async () => {
    const { mailer, ...context } = contextFor(database.fork(), "smtp");
    await enqueueMail({ mailer, ...context }, mail);
    const [row] = await database.fork().execute<Record<string, string>[]>("select * from mails");
    expect(JSON.stringify(row)).not.toMatch(/live-token|reset-password/);
    const body = JSON.parse(mailer.box.open(row?.body ?? "", row?.id ?? ""));
    expect(body.text).toContain("https://shop.example/reset-password#token=live-token");
    expect(body.html).toContain("https://shop.example/reset-password#token=live-token");
  });

  it("R83: names the shop, and is from its sender, as they are now", async () => {
    const { mailer, ...context } = contextFor(database.fork(), "smtp");
    await enqueueMail({ mailer, ...context }, mail);
    const [row] = await database.fork().findAll(MailEntity);
    const body = JSON.parse(mailer.box.open(row?.body ?? "", row?.id ?? ""));
    expect(body).toMatchObject({
      text: expect.stringMatching(/^Somebody at Möbius & Sons asked for it\.$.*^Möbius & Sons · shop\.example$/ms),
      html: expect.stringMatching(/Somebody at Möbius &amp; Sons asked.*Möbius &amp; Sons · shop\.example/s),
      senderName: "Möbius, “Inc.”",
    });
  });

  it("comes with others of one transaction: those that can arrive, each sealed for itself, under one name", async () => {
    const { mailer, ...context } = contextFor(database.fork(), "smtp");
    const readNames = vi.spyOn(mailer, "readNames");
    const others = [{ to: makeUndeliverableEmail() }, { to: "bob@example.com", subject: "Another" }];
    const ids = await enqueueMails({ mailer, ...context }, [mail, ...others.map((more) => ({ ...mail, ...more }))]);
    const rows = await database.fork().findAll(MailEntity, { orderBy: { id: "asc" } });
    expect(rows.map(({ id, toAddress, subject }) => [id, toAddress, subject])).toEqual([
      [ids[0], "ada@example.com", "Choose a new password"],
      [ids[2], "bob@example.com", "Another"],
    ]);
    expect(ids[1]).toBeNull();
    for (const { id, body } of rows) expect(mailer.box.open(body ?? "", id)).toContain("live-token");
    expect([readNames.mock.calls.length, nudges]).toEqual([1, 1]);
  });

  it("stays where it is in the tray", async () => {
    await enqueueMail(contextFor(database.fork(), "tray"), mail);
    expect(await database.fork().findAll(MailEntity)).toMatchObject([{ nextAttemptAt: null }]);
  });

  it("is not kept where nobody could ever send it, and the log says so without what was in it", async () => {
    await enqueueMail(contextFor(database.fork(), "none"), mail);
    expect(await database.countOf("mails")).toBe(0);
    expect(logs.lines).toMatchObject([{ event: "mail_not_sent", kind: "password_reset" }]);
    expect(logs.text).not.toMatch(/live-token|ada@example/);
  });
});

describe("what can't be put into the outbox", () => {
  it.each(["https://evil.example/x", "//evil.example/x", "/\\evil.example/x", "javascript:alert(1)", "reset-password"])(
    "R62: a link that leads elsewhere: %s",
    async (path) => {
      const astray = { ...mail, button: { label: "Go", path } };
      await expect(enqueueMail(contextFor(database.fork(), "smtp"), astray)).rejects.toThrow(/lead to this site/);
      expect(await database.countOf("mails")).toBe(0);
    },
  );

  it.each([
    "ada@example.com, eve@example.com",
    "ada@example.com\r\nBcc: eve@example.com",
    "Ada <ada@example.com>",
    "ada@example.com>\r\nRCPT TO:<eve@example.com",
    "",
  ])("an address that is not exactly one: %j", async (to) => {
    await expect(enqueueMail(contextFor(database.fork(), "smtp"), { ...mail, to })).rejects.toThrow();
    expect(await database.countOf("mails")).toBe(0);
  });

  it.each(["Hello\r\nBcc: eve@example.com", "Hello\nthere", "Hello\0", "", "x".repeat(201)])(
    "a subject that is not one line: %j",
    async (subject) => {
      await expect(enqueueMail(contextFor(database.fork(), "smtp"), { ...mail, subject })).rejects.toThrow();
      expect(await database.countOf("mails")).toBe(0);
    },
  );
});
