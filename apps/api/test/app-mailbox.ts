import {
  createMailbox,
  createTcpFaults,
  type Mailbox,
  type MailboxOptions,
  type ReceivedMail,
  type TcpFaults,
} from "@yumroad/testkit";
import type { SmtpSettings } from "../src/config/mail-settings.ts";

/** The mail server that an app delivers to. */
export interface AppMailbox {
  /**
   * Sends the due mails, then returns the newest mail for an address. Throws if there is no mail.
   *
   * @example
   * const mail = await app.mailbox.last(person.email);
   * const token = new URL(mail.link()).hash;
   */
  last(address: string): Promise<ReceivedMail>;
  /** Sends the due mails, then returns all mails for an address, oldest first. */
  to(address: string): Promise<ReceivedMail[]>;
  /** The mail server itself; reading it sends nothing. */
  server: Mailbox;
  /** Faults between the app and the mail server. */
  faults: TcpFaults;
  /** SMTP settings for the app. */
  smtp: SmtpSettings;
  close(): Promise<void>;
}

/** Starts a mail server for one app. `deliverDue` makes the app send its due mails. */
export async function openAppMailbox(options: MailboxOptions, deliverDue: () => Promise<void>): Promise<AppMailbox> {
  const server = await createMailbox(options);
  const faults = await createTcpFaults(`smtp://the-shop:its-password@127.0.0.1:${server.port}`);
  return {
    async last(address) {
      await deliverDue();
      return inOrder(server.to(address)).at(-1) ?? server.last(address);
    },
    async to(address) {
      await deliverDue();
      return inOrder(server.to(address));
    },
    server,
    faults,
    smtp: { url: new URL(faults.url), from: { name: "The shop", address: "mail@shop.example" } },
    async close() {
      await faults.close();
      await server.close();
    },
  };
}

/** Mails that are sent at once arrive in any order; their ids, UUIDs of version 7, are in the order of enqueuing. */
function inOrder(mails: ReceivedMail[]): ReceivedMail[] {
  return mails.toSorted((one, other) => (one.messageId < other.messageId ? -1 : 1));
}
