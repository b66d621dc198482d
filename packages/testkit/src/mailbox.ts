import type { AddressInfo } from "node:net";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";

/** A mail that arrived. */
export interface ReceivedMail {
  /** The SMTP recipients, whatever the headers of the mail say. */
  recipients: string[];
  /** The `From` header: `Ada <ada@example.com>`. */
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
  /** A header by name, in any case; `null` if absent. */
  header(name: string): string | null;
  /** The first link in the plain text. Throws if there is no link. */
  link(): string;
  /** The raw source as it arrived. */
  source: string;
}

export interface Mailbox {
  /** SMTP address: `smtp://127.0.0.1:<port>`. Accepts any user and password, or no login. */
  url: string;
  port: number;
  /** All mails in the order of arrival. */
  readonly mails: ReceivedMail[];
  /** All mails for an address. */
  to(address: string): ReceivedMail[];
  /** The newest mail for an address. Throws if there is no mail. */
  last(address: string): ReceivedMail;
  /**
   * The newest mail for an address once `count` mails (1 by default) have arrived for it: for apps that answer before
   * they send. Rejects with a list of the mails so far when that takes too long.
   */
  waitFor(address: string, options?: { count?: number; withinMs?: number }): Promise<ReceivedMail>;
  /** Credentials of each SMTP login, as `user:password`. */
  readonly logins: string[];
  close(): Promise<void>;
}

export interface MailboxOptions {
  /** Called for each recipient before it is accepted. It may wait; throwing a MailRefusal refuses the recipient. */
  onRecipient?: (address: string) => void | Promise<void>;
  /** Called for each complete mail before it counts as arrived. It may wait and refuse in the same way. */
  onMail?: (mail: ReceivedMail) => void | Promise<void>;
}

/** A mail server's refusal: 4xx for temporary, 5xx for permanent. */
export class MailRefusal extends Error {
  readonly responseCode: number;

  constructor(responseCode: number, words: string) {
    super(words);
    this.responseCode = responseCode;
  }
}

/**
 * Greets at once. smtp-server waits 100 ms on each connection for clients that talk too early, and has no option for
 * it.
 */
class PromptServer extends SMTPServer {
  override connect(...client: Parameters<SMTPServer["connect"]>): void {
    const before = new Set(this.connections);
    super.connect(...client);
    for (const connection of this.connections) {
      if (before.has(connection)) continue;
      connection.connectionReady();
      // The base class would send a second greeting after its wait.
      connection.connectionReady = () => {};
    }
  }
}

/**
 * A mail server without TLS on a free loopback port. It keeps every mail that it receives.
 *
 * @example
 * const mailbox = await createMailbox();
 * const app = createApp({ smtpUrl: mailbox.url });
 * await client.post("/forgot-password", { json: { email: "ada@example.com" } });
 * await client.get(mailbox.last("ada@example.com").link());
 */
export async function createMailbox({ onRecipient, onMail }: MailboxOptions = {}): Promise<Mailbox> {
  const mails: ReceivedMail[] = [];
  const logins: string[] = [];

  const server = new PromptServer({
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    authOptional: true,
    allowInsecureAuth: true,
    closeTimeout: 1,
    logger: false,
    onAuth({ username, password }, _session, done) {
      logins.push(`${username}:${password}`);
      done(null, { user: username });
    },
    onRcptTo({ address }, _session, done) {
      answer(async () => onRecipient?.(address), done);
    },
    onData(stream, { envelope }, done) {
      answer(async () => {
        const recipients = envelope.rcptTo.map(({ address }) => address);
        const mail = await parse(await read(stream), recipients);
        await onMail?.(mail);
        mails.push(mail);
      }, done);
    },
  });
  // A client that disconnects early is not an error.
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;

  const to = (address: string) => mails.filter(({ recipients }) => recipients.includes(address));
  function last(address: string): ReceivedMail {
    const mail = to(address).at(-1);
    if (!mail) throw new Error(`No mail has arrived for ${address}, only for: ${everybody(mails)}`);
    return mail;
  }

  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    mails,
    to,
    last,
    async waitFor(address, { count = 1, withinMs = 10_000 } = {}) {
      const giveUpAt = performance.now() + withinMs;
      while (to(address).length < count) {
        if (performance.now() > giveUpAt) {
          const found = `${to(address).length} of ${count} mails have arrived for ${address}`;
          throw new Error(`${found} within ${withinMs} ms, and some for: ${everybody(mails)}`);
        }
        await sleep(5);
      }
      return last(address);
    },
    logins,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function answer(work: () => Promise<void>, done: (error?: Error | null) => void): void {
  work().then(
    () => done(),
    (error: Error) => done(error),
  );
}

function everybody(mails: ReceivedMail[]): string {
  return [...new Set(mails.flatMap(({ recipients }) => recipients))].join(", ") || "nobody";
}

async function read(stream: Readable): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

async function parse(source: string, recipients: string[]): Promise<ReceivedMail> {
  const { from, to = [], subject = "", text = "", html = "", messageId = "", headers } = await PostalMime.parse(source);
  return {
    recipients,
    from: from ? inWords(from) : "",
    to: to.map(inWords).join(", "),
    subject,
    text,
    html,
    messageId,
    header: (name) => headers.find(({ key }) => key === name.toLowerCase())?.value ?? null,
    link() {
      const [link] = /https?:\/\/[^\s<>"]+/.exec(text) ?? [];
      if (!link) throw new Error(`There is no link in the text of “${subject}”:\n${text}`);
      return link;
    },
    source,
  };
}

function inWords({ name, address }: { name: string; address?: string | undefined }): string {
  return name && address ? `${name} <${address}>` : (address ?? name);
}
