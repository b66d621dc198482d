import {
  createMailbox,
  createTcpFaults,
  type Mailbox,
  type MailboxOptions,
  type ReceivedMail,
  type TcpFaults,
} from "@yumroad/testkit";
import type { SmtpSettings } from "../src/config/mail-settings.ts";

/** Where an app's mails arrive. */
export interface AppMailbox {
  /**
   * Sends what is due, then hands over the newest mail for an address. Throws if there is none.
   *
   * @example
   * const mail = await app.mailbox.last(person.email);
   * const token = new URL(mail.link()).hash;
   */
  last(address: string): Promise<ReceivedMail>;
  /** The same with all of them, the oldest first. */
  to(address: string): Promise<ReceivedMail[]>;
  /** The mail server itself: looking there sends nothing. */
  server: Mailbox;
  /** Between the app and the mail server. */
  faults: TcpFaults;
  /** What the app is told of it. */
  smtp: SmtpSettings;
  close(): Promise<void>;
}

/** A mail server of an app's own. `deliverDue` makes the app send what is due. */
export async function openAppMailbox(options: MailboxOptions, deliverDue: () => Promise<void>): Promise<AppMailbox> {
  const server = await createMailbox(options);
  const faults = await createTcpFaults(`smtp://the-shop:its-password@127.0.0.1:${server.port}`);
  return {
    async last(address) {
      await deliverDue();
      return server.last(address);
    },
    async to(address) {
      await deliverDue();
      return server.to(address);
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
