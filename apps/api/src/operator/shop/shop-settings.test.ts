import type { MailCheck, Problem, Shop, ShopChange, ShopSettings } from "@yumroad/contract";
import { MailRefusal, race, statusesOf, tally } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { makeOperator } from "../../../test/operators.ts";
import { confirmMail, linkOfTestMail } from "../../../test/selling.ts";
import { createTestApp, type Person, type TestApp, type TestAppOptions } from "../../../test/test-app.ts";
import type { SmtpSettings } from "../../config/mail-settings.ts";

const PATH = "/api/operator/shop";
const NAME = 'Möbius, “Inc.” & "Sons" 書';
const LINKS = [
  { label: "Imprint", href: "https://example.com/imprint" },
  { label: "Write to us", href: "mailto:hello@example.com" },
  { label: "Terms", href: "/products?q=terms#top" },
];

async function openShop(options: TestAppOptions = {}) {
  const app = await createTestApp(options);
  onTestFinished(app.close);
  return { app, operator: await makeOperator(app, await app.signUp()) };
}

async function change({ client }: Person, json: ShopChange, version?: string) {
  const ifMatch = version ?? String((await client.get(PATH)).headers.etag);
  return client.patch<ShopSettings & Problem>(PATH, { json, headers: { "If-Match": ifMatch } });
}

describe("the shop's settings", () => {
  let app: TestApp;
  let operator: Person;
  beforeAll(async () => {
    app = await createTestApp();
    operator = await makeOperator(app, await app.signUp());
  });
  afterAll(() => app.close());
  const read = async () => (await operator.client.get<ShopSettings>(PATH)).json;
  const seen = async () => (await app.visitor().get<Shop>("/api/site")).json;

  it("R83: are the software's name and nothing else until an operator changes them", async () => {
    expect(await read()).toEqual({
      name: "Yumroad",
      tagline: "",
      senderName: "",
      legalName: "",
      legalAddress: "",
      contactEmail: "",
      footerLinks: [],
      showsPoweredBy: true,
    });
  });

  it("R83: are changed one by one; everybody sees them but the sender, also in another process", async () => {
    const other = await createTestApp({ beside: app });
    onTestFinished(other.close);
    expect((await change(operator, { name: `  ${NAME} `, senderName: "Ada", footerLinks: LINKS })).status).toBe(200);
    const { status, json } = await change(operator, { tagline: "Zines", legalAddress: "1 St James’s\n\tLondon" });
    const expected = { name: NAME, tagline: "Zines", legalAddress: "1 St James’s\n\tLondon", footerLinks: LINKS };
    expect(json).toMatchObject({ ...expected, senderName: "Ada" });
    expect([status, await read()]).toEqual([200, json]);
    expect(await seen()).toMatchObject(expected);
    expect(await seen()).not.toHaveProperty("senderName");
    expect((await other.visitor().get("/api/site")).json).toEqual(await seen());
  });

  it("of changes to one version the first counts; the others are told", async () => {
    const version = String((await operator.client.get(PATH)).headers.etag);
    const taglines = ["one", "two", "three", "four"];
    const ended = await race(4, (index) => change(operator, { tagline: taglines[index] ?? "" }, version));
    expect(tally(ended)).toEqual({ 200: 1, 412: 3 });
  });

  it("survive what another version of the software has stored, and leave it there", async () => {
    const em = app.dependencies.database.fork();
    const stored = JSON.stringify({ name: "Kept", tagline: 7, footerLinks: "none", fromTheFuture: [1] });
    await em.execute("update settings set value = ? where key = 'shop'", [stored]);
    expect(await read()).toMatchObject({ name: "Kept", tagline: "", footerLinks: [], showsPoweredBy: true });
    await change(operator, { showsPoweredBy: false });
    const [row] = await em.execute<{ value: string }[]>("select value from settings where key = 'shop'");
    expect(JSON.parse(row?.value ?? "")).toMatchObject({ name: "Kept", fromTheFuture: [1], showsPoweredBy: false });
  });

  it("R83: name the shop in the document, the API's description and its page, escaped", async () => {
    const nasty = `</title><script>$& 'x'`;
    await change(operator, { name: nasty });
    const escaped = "&lt;/title&gt;&lt;script&gt;$&amp; &#39;x&#39;";
    expect((await app.visitor().get("/api/docs")).text).toContain(`<title>API · ${escaped}</title>`);
    const description = await app.visitor().get<{ info: { title: string } }>("/api/openapi.json");
    expect(description.json.info.title).toBe(nasty);
  });

  const link = (href: string) => ({ footerLinks: [{ label: "Go", href }] });
  it.each<[ShopChange, (string | number)[], RegExp]>([
    [{ name: " " }, ["name"], /The name is missing/],
    [{ name: "x".repeat(61) }, ["name"], /more than 60/],
    [{ name: "two\nlines" }, ["name"], /control character/],
    [{ senderName: "Ada\r\nBcc: eve@example.com" }, ["senderName"], /control character/],
    [{ tagline: "x".repeat(121) }, ["tagline"], /more than 120/],
    [{ legalName: "x".repeat(121) }, ["legalName"], /more than 120/],
    [{ legalAddress: "x".repeat(501) }, ["legalAddress"], /more than 500/],
    [{ legalAddress: "a\0b" }, ["legalAddress"], /control character/],
    [{ contactEmail: "ada@example.com\r\n" }, ["contactEmail"], /not an email address/],
    [{ contactEmail: "not an email" }, ["contactEmail"], /not an email address/],
    [
      { footerLinks: Array.from({ length: 9 }, () => LINKS[0] ?? { label: "", href: "" }) },
      ["footerLinks"],
      /at most 8/,
    ],
    [{ footerLinks: [{ label: "", href: "/" }] }, ["footerLinks", 0, "label"], /The label is missing/],
    [link(""), ["footerLinks", 0, "href"], /The link is missing/],
    ...[
      ...["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"],
      ...["//evil.example", "/\\evil.example", "\\\\evil.example", "https:\\\\evil.example", "/a b"],
      ...["/.//evil.example", "http:evil.example", "https:///x", "https://", "mailto:", "imprint"],
    ].map((href): [ShopChange, (string | number)[], RegExp] => [
      link(href),
      ["footerLinks", 0, "href"],
      /has to begin with https/,
    ]),
    [link("/\t/evil.example"), ["footerLinks", 0, "href"], /control character/],
  ])("R83: %j is refused by name, and changes nothing", async (json, path, message) => {
    const before = await read();
    const answer = await change(operator, json);
    expect(answer.status).toBe(422);
    expect(answer.json.issues).toMatchObject([{ path, message: expect.stringMatching(message) }]);
    expect(await read()).toEqual(before);
  });
});

describe("what names the shop", () => {
  it("R83: a mail has the name in its text, and the sender as it was when the mail was caused", async () => {
    const { app, operator } = await openShop({ mail: true });
    expect((await app.mailbox.last(operator.email)).from).toBe("The shop <mail@shop.example>");
    await change(operator, { name: NAME });
    const first = await app.signUp();
    await change(operator, { name: "Another", senderName: 'Ada, "Mail" <x@y.z>' });
    const second = await app.signUp();
    const mails = [await app.mailbox.last(first.email), await app.mailbox.last(second.email)];
    expect(mails.map(({ from }) => from)).toEqual([
      `${NAME} <mail@shop.example>`,
      'Ada, "Mail" <x@y.z> <mail@shop.example>',
    ]);
    expect(mails[0]?.text).toContain(`Confirm your email for ${NAME}`);
    expect(mails[0]?.text).toContain(`-- \n${NAME} · shop.example`);
    expect(mails.every(({ recipients }) => recipients.length === 1)).toBe(true);
  });

  it("R83: a passkey and an authenticator app are kept under its name", async () => {
    const { operator } = await openShop();
    await change(operator, { name: NAME });
    const passkey = await operator.client.post<{ rp: object }>("/api/account/passkey-options");
    expect(passkey.json.rp).toEqual({ id: "shop.example", name: NAME });
    const totp = await operator.client.post<{ uri: string }>("/api/account/totp");
    expect(new URL(totp.json.uri).searchParams.get("issuer")).toBe(NAME);
  });
});

describe("a test mail", () => {
  const ask = ({ client }: Person) => client.post<Problem & { reason: string }>("/api/operator/test-mail");

  it("is sent at once to one's own address, five times in an hour", async () => {
    const { app, operator } = await openShop({ mail: true });
    expect((await ask(operator)).json).toEqual({ delivered: true });
    expect(app.mailbox.server.last(operator.email)).toMatchObject({ subject: "Test email" });
    expect(tally(await race(5, () => ask(operator)))).toEqual({ 200: 4, 429: 1 });
    app.clock.advance("1h");
    expect((await ask(await app.logIn(operator))).status).toBe(200);
  });

  it("that the mail server refuses is answered with its words, but never with the password", async () => {
    let words = "";
    const { operator } = await openShop({
      mail: {
        onRecipient() {
          throw new MailRefusal(550, words);
        },
      },
    });
    words = `5.7.1 no, its-password and ${Buffer.from("its-password").toString("base64")}`;
    expect((await ask(operator)).json).toEqual({
      delivered: false,
      reason: expect.stringMatching(/^EENVELOPE 550: .*5\.7\.1 no, … and …$/),
    });
  });

  it("to a mail server that is not there is answered with the reason, and none is kept for later", async () => {
    const { app, operator } = await openShop({ mail: true });
    await app.mailbox.faults.kill();
    const kept = await app.dependencies.database.fork().execute("select id from mails");
    expect((await ask(operator)).json).toEqual({ delivered: false, reason: expect.stringContaining("ECONN") });
    expect(await app.dependencies.database.fork().execute("select id from mails")).toEqual(kept);
  });

  it("does not wait for a mail server that says nothing", async () => {
    const { app, operator } = await openShop({ mail: true, limits: { testMailSend: 50 } });
    app.mailbox.faults.stall();
    expect((await ask(operator)).json).toEqual({ delivered: false, reason: expect.stringMatching(/abort|timeout/i) });
  });

  it("R100: has a link that confirms once, within an hour, that mail arrives; a newer one takes its place", async () => {
    const { app, operator } = await openShop({ mail: true });
    const isConfirmed = async () => {
      const { json } = await operator.client.get<MailCheck>("/api/operator/test-mail");
      return json.confirmedAt !== null;
    };
    const newToken = async () => {
      expect((await ask(operator)).status).toBe(200);
      const { path, token } = linkOfTestMail(app, operator.email);
      expect(path).toBe("/test-email");
      return token;
    };
    const confirm = async (token: string) =>
      (await app.visitor().post("/api/operator/test-mail/confirm", { json: { token } })).status;
    const [replaced, late] = [await newToken(), await newToken()];
    app.clock.advance("1h");
    expect([await confirm(replaced), await confirm(late), await isConfirmed()]).toEqual([410, 410, false]);
    operator.client = (await app.logIn(operator)).client;
    const good = await newToken();
    const [row] = await app.dependencies.database
      .fork()
      .execute<{ value: string }[]>("select value from settings where key = 'mail_check'");
    expect(row?.value).not.toContain(good);
    expect([await confirm("guessed"), await isConfirmed()]).toEqual([410, false]);
    expect(statusesOf(await race(3, async () => ({ status: await confirm(good) }))).toSorted()).toEqual([
      204, 410, 410,
    ]);
    expect(await isConfirmed()).toBe(true);
  });

  it("R100: confirms mail until another server or sender is set; a new password or name changes nothing", async () => {
    const { app, operator } = await openShop({ mail: true });
    await confirmMail(app, operator);
    const check = async (change: (smtp: SmtpSettings) => SmtpSettings) => {
      const changed = await createTestApp({
        beside: app,
        prepare: async (config) => {
          config.smtp = config.smtp && change(config.smtp);
        },
      });
      onTestFinished(changed.close);
      const { client } = await changed.logIn(operator);
      return (await client.get<MailCheck>("/api/operator/test-mail")).json.confirmedAt;
    };
    const at = new Date(app.clock.now()).toISOString();
    const withUrl = (part: "hostname" | "username" | "password", value: string) => (smtp: SmtpSettings) => {
      const url = new URL(smtp.url);
      url[part] = value;
      return { ...smtp, url };
    };
    const withFrom = (from: Partial<SmtpSettings["from"]>) => (smtp: SmtpSettings) => ({
      ...smtp,
      from: { ...smtp.from, ...from },
    });
    expect(await check(withUrl("password", "another"))).toBe(at);
    expect(await check(withFrom({ name: "Another" }))).toBe(at);
    expect(await check(withUrl("hostname", "mail.example"))).toBeNull();
    expect(await check(withUrl("username", "another"))).toBeNull();
    expect(await check(withFrom({ address: "another@shop.example" }))).toBeNull();
  });

  it("lands in the mail tray of the local demo", async () => {
    const { app, operator } = await openShop({ isLocalDemo: true });
    expect((await ask(operator)).json).toEqual({ delivered: true });
    const rows = await app.dependencies.database.fork().execute("select id from mails where subject = 'Test email'");
    expect(rows).toHaveLength(1);
  });
});
