import { execFile } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createLatch, type MailboxOptions, MailRefusal, race } from "@yumroad/testkit";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createTestApp, type TestApp, type TestAppOptions } from "../../../test/test-app.ts";
import { backgroundContext } from "../http/background-context.ts";
import { deleteOldMails } from "./delete-old-mails.ts";
import { enqueueMail, type Mail } from "./enqueue-mail.ts";
import { MailEntity } from "./mail.entity.ts";

const ada = "ada@example.com";
const apps: TestApp[] = [];
afterEach(async () => {
  for (const app of apps.splice(0).reverse()) await app.close();
});

async function openApp(mail: MailboxOptions = {}, options: TestAppOptions = {}): Promise<TestApp> {
  const app = await createTestApp({ mail, ...options });
  apps.push(app);
  return app;
}

/** Enqueues a mail in a transaction, as features do. */
function cause(app: TestApp, mail: Partial<Mail> = {}): Promise<string | null> {
  return app.dependencies.database.fork().transactional((em) =>
    enqueueMail(backgroundContext(app.dependencies, em), {
      kind: "password_reset",
      to: ada,
      subject: "Choose a new password",
      heading: "Choose a new password",
      paragraphs: ["Somebody, most likely you, asked for it."],
      button: { label: "Choose it", path: "/reset-password#token=live-token" },
      ...mail,
    }),
  );
}

async function rowOf(app: TestApp) {
  return app.dependencies.database.fork().findOneOrFail(MailEntity, { id: { $ne: null } });
}

const deliverDue = (app: TestApp) => app.dependencies.mailer.worker.run();

describe("a mail", () => {
  it("arrives with HTML and text, both with the link", async () => {
    const app = await openApp();
    await cause(app);
    const mail = await app.mailbox.last(ada);
    expect(mail).toMatchObject({
      recipients: [ada],
      from: "The shop <mail@shop.example>",
      to: ada,
      subject: "Choose a new password",
    });
    expect(mail.link()).toBe("https://shop.example/reset-password#token=live-token");
    expect(mail.html).toContain('<a href="https://shop.example/reset-password#token=live-token"');
    for (const part of [mail.html, mail.text]) expect(part).toContain("Somebody, most likely you, asked for it.");
    expect(mail.header("Content-Type")).toMatch(/^multipart\/alternative/);
    expect(mail.header("Auto-Submitted")).toBe("auto-generated");
  });

  it("says nothing of the program that made it, nor of the machine", async () => {
    const app = await openApp();
    await cause(app);
    const { source } = await app.mailbox.last(ada);
    expect(source).not.toMatch(/nodemailer|X-Mailer/i);
  });

  it("is over once it was sent: its links are gone from the database, and it is not sent again", async () => {
    const app = await openApp();
    await cause(app);
    const { messageId } = await app.mailbox.last(ada);
    expect(await rowOf(app)).toMatchObject({
      body: "",
      messageId,
      attempts: 1,
      sentAt: new Date(app.clock.now()),
      nextAttemptAt: null,
      claimedUntil: null,
    });
    app.clock.advance("7d");
    expect(await app.mailbox.to(ada)).toHaveLength(1);
  });

  it("can be called off only if it is of that sort", async () => {
    const app = await openApp();
    await cause(app, { unsubscribePath: "/unsubscribe?id=7" });
    const news = await app.mailbox.last(ada);
    expect(news.header("List-Unsubscribe")).toBe("<https://shop.example/unsubscribe?id=7>");
    expect(news.header("List-Unsubscribe-Post")).toBe("List-Unsubscribe=One-Click");
    await cause(app);
    expect((await app.mailbox.last(ada)).header("List-Unsubscribe")).toBeNull();
  });

  it("goes to nobody else and gains no header, whatever its texts are", async () => {
    const app = await openApp();
    const nasty = "Eve\r\n.\r\nMAIL FROM:<eve@example.com>\r\nRCPT TO:<bob@example.com>\r\nBcc: bob@example.com";
    await cause(app, {
      subject:
        "Ünïcödé, =?UTF-8?Q?=0D=0ABcc:_bob@example.com?= <bob@example.com>, and so on and on and on and on and on",
      heading: nasty,
      paragraphs: [nasty, ".", "..two dots", "x".repeat(5000)],
    });
    const mail = await app.mailbox.last(ada);
    expect(app.mailbox.server.mails).toHaveLength(1);
    expect(mail.recipients).toEqual([ada]);
    expect(mail.header("Bcc")).toBeNull();
    expect(mail.subject).toMatch(/^Ünïcödé, =\?UTF-8\?Q\?=0D=0ABcc:_bob@example\.com\?= <bob@example\.com>,/);
    expect(mail.text).toContain("RCPT TO:<bob@example.com>");
    expect(mail.text).toMatch(/^\.\.two dots$/m);
    expect(mail.to).toBe(ada);
  });

  it("is not sent when what caused it was taken back", async () => {
    const app = await openApp();
    const broken = app.dependencies.database.fork().transactional(async (em) => {
      await enqueueMail(backgroundContext(app.dependencies, em), {
        kind: "password_reset",
        to: ada,
        subject: "x",
        heading: "x",
        paragraphs: [],
      });
      throw new Error("changed its mind");
    });
    await expect(broken).rejects.toThrow("changed its mind");
    expect(await app.mailbox.to(ada)).toEqual([]);
  });
});

describe("while the mail server is down", () => {
  it("a mail waits, longer each time, and arrives once when the server is back", async () => {
    const app = await openApp();
    await app.mailbox.faults.kill();
    await cause(app);
    await deliverDue(app);
    for (const wait of ["1m", "5m", "15m", "1h"] as const) {
      const { nextAttemptAt, attempts } = await rowOf(app);
      await deliverDue(app);
      expect((await rowOf(app)).attempts).toBe(attempts);
      app.clock.advance(wait);
      expect(nextAttemptAt).toEqual(new Date(app.clock.now()));
      await deliverDue(app);
    }
    expect((await rowOf(app)).attempts).toBe(5);
    await app.mailbox.faults.restore();
    app.clock.advance("59m");
    expect(await app.mailbox.to(ada)).toEqual([]);
    app.clock.advance("1m");
    expect(await app.mailbox.to(ada)).toHaveLength(1);
    app.clock.advance("7d");
    expect(await app.mailbox.to(ada)).toHaveLength(1);
    expect(await rowOf(app)).toMatchObject({ attempts: 6, lastError: null });
  });

  it("a mail is given up after a day, with a word in the log and none of its text", async () => {
    const app = await openApp();
    await app.mailbox.faults.kill();
    await cause(app);
    for (let hours = 0; hours < 30; hours += 1) {
      await deliverDue(app);
      app.clock.advance("1h");
    }
    const row = await rowOf(app);
    expect(row).toMatchObject({ nextAttemptAt: null, sentAt: null, givenUpAt: expect.any(Date) });
    expect(Number(row.givenUpAt) - row.createdAt.getTime()).toBeLessThanOrEqual(24 * 3_600_000);
    expect(app.logs.lines.filter(({ event }) => event === "mail_given_up")).toMatchObject([
      { mailId: row.id, kind: "password_reset", code: "ESOCKET" },
    ]);
    await app.mailbox.faults.restore();
    expect(await app.mailbox.to(ada)).toEqual([]);
  });

  it("others are not tried in vain", async () => {
    const app = await openApp();
    await app.mailbox.faults.kill();
    for (let count = 0; count < 3; count += 1) await cause(app);
    await deliverDue(app);
    const rows = await app.dependencies.database.fork().findAll(MailEntity, { orderBy: { id: "asc" } });
    expect(rows.map(({ attempts }) => attempts)).toEqual([1, 0, 0]);
  });

  it("one that answers nothing is waited for in vain only so long", async () => {
    const app = await openApp({}, { limits: { mailSend: 200 } });
    app.mailbox.faults.stall();
    await cause(app);
    await deliverDue(app);
    expect(await rowOf(app)).toMatchObject({
      attempts: 1,
      claimedUntil: null,
      lastError: expect.stringMatching(/EABORT/),
    });
  });
});

describe("a mail that the server does not take", () => {
  it("is given up at once when it never will be, and the others go on", async () => {
    const app = await openApp({
      onRecipient(address) {
        if (address === ada) throw new MailRefusal(550, `5.1.1 <${ada}>: no such user`);
      },
    });
    await cause(app);
    await cause(app, { to: "bob@example.com" });
    expect(await app.mailbox.to("bob@example.com")).toHaveLength(1);
    expect(await rowOfKind(app, ada)).toMatchObject({
      attempts: 1,
      givenUpAt: new Date(app.clock.now()),
      lastError: expect.stringContaining("no such user"),
    });
    expect(app.logs.lines.filter(({ event }) => event === "mail_given_up")).toMatchObject([{ code: "EENVELOPE 550" }]);
    app.clock.advance("2d");
    await deliverDue(app);
    expect((await rowOfKind(app, ada)).attempts).toBe(1);
  });

  it("is tried again later when that is what the server says, and the others go on", async () => {
    let isBusy = true;
    const app = await openApp({
      onMail({ recipients }) {
        if (isBusy && recipients[0] === ada) throw new MailRefusal(451, "Come back later");
      },
    });
    await cause(app);
    await cause(app, { to: "bob@example.com" });
    expect(await app.mailbox.to("bob@example.com")).toHaveLength(1);
    expect(app.mailbox.server.to(ada)).toEqual([]);
    isBusy = false;
    app.clock.advance("1m");
    expect(await app.mailbox.to(ada)).toHaveLength(1);
  });

  it("is given up when it can't be opened any more, and the others go on", async () => {
    const app = await openApp();
    await cause(app);
    await app.dependencies.database.fork().nativeUpdate(MailEntity, {}, { body: "s1.other.AAAA" });
    await cause(app, { to: "bob@example.com" });
    expect(await app.mailbox.to("bob@example.com")).toHaveLength(1);
    expect(await rowOfKind(app, ada)).toMatchObject({ givenUpAt: expect.any(Date) });
  });

  const rowOfKind = (app: TestApp, toAddress: string) =>
    app.dependencies.database.fork().findOneOrFail(MailEntity, { toAddress });
});

describe("sent once", () => {
  it("by two processes at once: of 20 mails each arrives once", async () => {
    const one = await openApp();
    const other = await openApp({}, { beside: one });
    const people = Array.from({ length: 20 }, (_, index) => `person-${index}@example.com`);
    for (const to of people) await cause(one, { to });
    await race(2, (index) => deliverDue(index === 0 ? one : other));
    const arrived = one.mailbox.server.mails.flatMap(({ recipients }) => recipients);
    expect(arrived.toSorted()).toEqual(people.toSorted());
  });

  it("under the same id when an attempt failed half-way", async () => {
    const ids: string[] = [];
    const app = await openApp({
      onMail({ messageId }) {
        ids.push(messageId);
        if (ids.length === 1) throw new MailRefusal(451, "Come back later");
      },
    });
    await cause(app);
    await deliverDue(app);
    app.clock.advance("1m");
    await deliverDue(app);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^<[\w-]{36}@shop\.example>$/);
  });

  it("even when the database fails just as the server has taken it", async () => {
    const app = await openApp({
      onMail() {
        app.dependencies.database.fork = () => {
          throw new Error("the database is away");
        };
      },
    });
    const { fork } = app.dependencies.database;
    await cause(app);
    await deliverDue(app);
    app.dependencies.database.fork = fork;
    app.clock.advance("1d");
    await deliverDue(app);
    expect(app.mailbox.server.mails).toHaveLength(1);
    expect(await rowOf(app)).toMatchObject({ attempts: 1, sentAt: expect.any(Date), body: "" });
  });

  it("when the process dies in the middle: by another one, after the claim has run out", async () => {
    const held = createLatch();
    let isHolding = true;
    const app = await openApp({
      async onMail() {
        if (!isHolding) return;
        held.open();
        // The process is killed before it learns that the mail was not accepted.
        await new Promise(() => {});
      },
    });
    await cause(app);
    const child = deliverElsewhere(app);
    await held.wait();
    child.kill("SIGKILL");
    isHolding = false;

    expect(await app.mailbox.to(ada)).toEqual([]);
    app.clock.advance(app.dependencies.limits.mailLease);
    expect(await app.mailbox.to(ada)).toHaveLength(1);
    expect(await rowOf(app)).toMatchObject({ attempts: 2, sentAt: expect.any(Date) });
  });

  it("when one that took too long fails after another has sent it: that changes nothing", async () => {
    const begun = createLatch();
    const goOn = createLatch();
    const app = await openApp({
      async onMail() {
        if (begun.isOpen) return;
        begun.open();
        await goOn.wait();
        throw new MailRefusal(550, "After all, no");
      },
    });
    const other = await openApp({}, { beside: app });
    await cause(app);
    const late = deliverDue(app);
    await begun.wait();
    app.clock.advance(app.dependencies.limits.mailLease);
    await deliverDue(other);
    goOn.open();
    await late;
    expect(app.mailbox.server.mails).toHaveLength(1);
    expect(await rowOf(app)).toMatchObject({ attempts: 2, sentAt: expect.any(Date), givenUpAt: null, lastError: null });
  });

  /** Delivers due mails from a separate process, as another server does. */
  function deliverElsewhere({ config, clock }: TestApp) {
    const { smtp, publicUrl, ...rest } = config;
    const given = { ...rest, publicUrl: publicUrl.href, smtp: { ...smtp, url: smtp?.url.href } };
    const script = `
      import { createDependencies } from ${JSON.stringify(join(import.meta.dirname, "../../dependencies.ts"))};
      import { createLogger } from ${JSON.stringify(join(import.meta.dirname, "../lib/logger.ts"))};
      const { smtp, publicUrl, ...rest } = ${JSON.stringify(given)};
      const config = { ...rest, publicUrl: new URL(publicUrl), smtp: { ...smtp, url: new URL(smtp.url) } };
      const dependencies = await createDependencies(config, createLogger("silent"), { clock: { now: () => ${clock.now()} } });
      await dependencies.mailer.worker.run();`;
    return execFile(process.execPath, ["--input-type=module", "-e", script], { cwd: import.meta.dirname });
  }
});

describe("R104: the order of mails", () => {
  const namesOf = (app: TestApp) => app.mailbox.server.mails.map(({ recipients }) => recipients[0]?.split("@")[0]);

  it("R104: security mails go before receipts, receipts before notices, and of a lane the oldest first", async () => {
    const app = await openApp({}, { limits: { mailsAtOnce: 1 } });
    const inTurn = [
      ...Array.from({ length: 8 }, (_, index) => [`notice-${index}`, "sale"] as const),
      ["receipt-1", "receipt"],
      ["receipt-2", "refund"],
      ["security-1", "password_reset"],
      ["notice-8", "store_put_back"],
      ["security-2", "find_purchases"],
    ] as const;
    for (const [name, kind] of inTurn) {
      await cause(app, { kind, to: `${name}@example.com` });
      app.clock.advance("1s");
    }
    await deliverDue(app);
    const notices = Array.from({ length: 9 }, (_, index) => `notice-${index}`);
    expect(namesOf(app)).toEqual(["security-1", "security-2", "receipt-1", "receipt-2", ...notices]);
  });

  it("R104: a security mail goes next, even if it is queued while many notices are being sent", async () => {
    const app = await openApp(
      {
        async onMail({ recipients }) {
          if (recipients[0] === "notice-1@example.com") await cause(app);
        },
      },
      { limits: { mailsAtOnce: 1 } },
    );
    for (let index = 0; index < 8; index += 1) await cause(app, { kind: "sale", to: `notice-${index}@example.com` });
    await deliverDue(app);
    expect(namesOf(app).slice(0, 4)).toEqual(["notice-0", "notice-1", "ada", "notice-2"]);
  });

  it("several are sent at once, so that one that takes long does not keep the others", async () => {
    let underWay = 0;
    let most = 0;
    const full = createLatch();
    const app = await openApp({
      async onMail({ recipients }) {
        if (recipients[0] === ada) return;
        underWay += 1;
        most = Math.max(most, underWay);
        if (underWay === app.dependencies.limits.mailsAtOnce) full.open();
        await full.wait();
        underWay -= 1;
      },
    });
    await cause(app);
    for (let index = 0; index < 12; index += 1) await cause(app, { to: `person-${index}@example.com` });
    await deliverDue(app);
    expect([most, app.mailbox.server.mails.length]).toEqual([4, 13]);
  });

  it("a run ends with the last of them, even if the database fails for another", async () => {
    const held = createLatch();
    const goOn = createLatch();
    const app = await openApp({
      async onMail({ recipients }) {
        if (recipients[0] === "held@example.com") {
          held.open();
          await goOn.wait();
        } else if (recipients[0] === "unlucky@example.com") {
          await held.wait();
          vi.spyOn(app.dependencies.database, "fork").mockImplementationOnce(() => {
            throw new Error("the database is away");
          });
        }
      },
    });
    for (const name of ["first", "unlucky", "held"]) await cause(app, { to: `${name}@example.com` });
    let isOver = false;
    const run = deliverDue(app).then(() => {
      isOver = true;
    });
    await vi.waitFor(() => expect(namesOf(app)).toEqual(["first", "unlucky"]));
    await sleep(50);
    expect(isOver).toBe(false);
    goOn.open();
    await run;
    expect(app.mailbox.server.mails).toHaveLength(3);
  });
});

describe("the server", () => {
  it("sends at once what was committed", async () => {
    const arrived = createLatch();
    const app = await openApp({ onMail: () => arrived.open() }, { limits: { mailPoll: 3_600_000 } });
    app.dependencies.mailer.worker.start();
    await deliverDue(app);
    await cause(app);
    await arrived.wait();
  });

  it("finds by itself what another process has put there", async () => {
    const arrived = createLatch();
    const app = await openApp({ onMail: () => arrived.open() }, { limits: { mailPoll: 10 } });
    const other = await openApp({}, { beside: app });
    app.dependencies.mailer.worker.start();
    await cause(other);
    await arrived.wait();
  });

  it("sends nothing before it is started, or told to", async () => {
    const app = await openApp();
    await cause(app);
    app.dependencies.mailer.worker.nudge();
    await app.dependencies.mailer.worker.close();
    expect(app.mailbox.server.mails).toEqual([]);
  });

  it("stops after the mail that it is sending, and leaves no other half done", async () => {
    const begun = createLatch();
    const goOn = createLatch();
    const app = await openApp({
      async onMail() {
        begun.open();
        await goOn.wait();
      },
    });
    await cause(app);
    await cause(app, { to: "bob@example.com" });
    app.dependencies.mailer.worker.start();
    await begun.wait();
    const closed = app.dependencies.mailer.worker.close();
    goOn.open();
    await closed;
    expect(app.mailbox.server.mails.flatMap(({ recipients }) => recipients)).toEqual([ada]);
    const rows = await app.dependencies.database.fork().findAll(MailEntity, { orderBy: { id: "asc" } });
    expect(rows).toMatchObject([{ sentAt: expect.any(Date) }, { sentAt: null, attempts: 0, claimedUntil: null }]);
  });

  it("does not wait for a mail server that is slow to answer: the mail is sent again later, under the same id", async () => {
    const held = createLatch();
    const ids: string[] = [];
    const app = await openApp({
      async onMail({ messageId }) {
        ids.push(messageId);
        if (ids.length > 1) return;
        held.open();
        await new Promise(() => {});
      },
    });
    const other = await openApp({}, { beside: app });
    await cause(app);
    void deliverDue(app);
    await held.wait();
    const closedAt = performance.now();
    await app.dependencies.mailer.worker.close();
    expect(performance.now() - closedAt).toBeLessThan(3000);
    expect(await rowOf(app)).toMatchObject({
      attempts: 1,
      sentAt: null,
      claimedUntil: null,
      nextAttemptAt: expect.any(Date),
    });
    app.clock.advance("1m");
    await deliverDue(other);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(await rowOf(app)).toMatchObject({ attempts: 2, sentAt: expect.any(Date) });
  });

  it("logs in to the mail server, and writes neither that nor any mail or address into its log", async () => {
    const app = await openApp({
      onRecipient(address) {
        if (address.startsWith("nobody")) throw new MailRefusal(550, `<${address}>: no such user`);
      },
      onMail({ recipients }) {
        if (recipients[0]?.startsWith("later")) throw new MailRefusal(451, `<${recipients[0]}>: later`);
      },
    });
    for (const name of ["ada", "nobody", "later"]) await cause(app, { to: `${name}@example.com` });
    await deliverDue(app);
    await app.mailbox.faults.kill();
    await cause(app);
    await deliverDue(app);
    expect(app.mailbox.server.logins[0]).toBe("the-shop:its-password");
    const events = app.logs.lines.map(({ event }) => event).filter((event) => event !== undefined);
    expect(events).toEqual(["mail_sent", "mail_given_up", "mail_delayed", "mail_delayed"]);
    expect(app.logs.text).not.toMatch(/its-password|the-shop|example\.com|live-token|reset-password|new password/);
  });

  it("forgets whom it wrote to after a while, and never what it has still to send", async () => {
    const app = await openApp();
    await cause(app);
    await deliverDue(app);
    await cause(app, { to: "bob@example.com" });
    const before = new Date(app.clock.now() + 1);
    await deleteOldMails(app.dependencies.database.fork(), before);
    const rows = await app.dependencies.database.fork().findAll(MailEntity);
    expect(rows.map(({ toAddress }) => toAddress)).toEqual(["bob@example.com"]);
  });
});
