import type { AddressInfo } from "node:net";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";

/** A mail that arrived. */
export interface ReceivedMail {
  /** Who the server was told to deliver it to, whatever the mail itself says. */
  recipients: string[];
  /** As the mail says it: `Ada <ada@example.com>`. */
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
  /** A header by its name in any case; null when there is none. */
  header(name: string): string | null;
  /** The first link in the plain text. Throws if there is none. */
  link(): string;
  /** All of it as it came over the wire. */
  source: string;
}

export interface Mailbox {
  /** Where to send to: `smtp://127.0.0.1:<port>`. Takes any user and password, or none. */
  url: string;
  port: number;
  /** Everything that arrived for anybody, in the order in which it did. */
  readonly mails: ReceivedMail[];
  /** What arrived for an address. */
  to(address: string): ReceivedMail[];
  /** The newest for an address. Throws if there is none. */
  last(address: string): ReceivedMail;
  /**
   * The newest for an address once so many have arrived for it, one if not said: for apps that answer first and send
   * then. Rejects with what has arrived when that takes too long.
   */
  waitFor(address: string, options?: { count?: number; withinMs?: number }): Promise<ReceivedMail>;
  /** Users and passwords that were given, as `user:password`. */
  readonly logIns: string[];
  close(): Promise<void>;
}

export interface MailboxOptions {
  /** Called for each recipient before it is taken. It may wait, and refuses by throwing a MailRefusal. */
  onRecipient?: (address: string) => void | Promise<void>;
  /** Called for each mail when all of it is there, before it counts as arrived. The same holds. */
  onMail?: (mail: ReceivedMail) => void | Promise<void>;
}

/** What a mail server says instead of yes: 4xx for "later", 5xx for "never". */
export class MailRefusal extends Error {
  readonly responseCode: number;

  constructor(responseCode: number, words: string) {
    super(words);
    this.responseCode = responseCode;
  }
}

/** Greets at once: smtp-server waits 100 ms for senders who talk out of turn, for each connection, and has no option. */
class PromptServer extends SMTPServer {
  override connect(...client: Parameters<SMTPServer["connect"]>): void {
    const before = new Set(this.connections);
    super.connect(...client);
    for (const connection of this.connections) {
      if (before.has(connection)) continue;
      connection.connectionReady();
      // The greeting after the wait would be a second one.
      connection.connectionReady = () => {};
    }
  }
}

/**
 * A mail server on a free port of the loopback address, which keeps what it is sent. It speaks no TLS.
 *
 * @example
 * const mailbox = await createMailbox();
 * const app = createApp({ smtpUrl: mailbox.url });
 * await client.post("/forgot-password", { json: { email: "ada@example.com" } });
 * await client.get(mailbox.last("ada@example.com").link());
 */
export async function createMailbox({ onRecipient, onMail }: MailboxOptions = {}): Promise<Mailbox> {
  const mails: ReceivedMail[] = [];
  const logIns: string[] = [];

  const server = new PromptServer({
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    authOptional: true,
    allowInsecureAuth: true,
    closeTimeout: 1,
    logger: false,
    onAuth({ username, password }, _session, done) {
      logIns.push(`${username}:${password}`);
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
  // A client that goes away in the middle is no news here.
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
    logIns,
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
