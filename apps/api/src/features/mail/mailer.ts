import type { Config } from "../../env.ts";
import type { SealedBox } from "../../lib/sealed-box.ts";

/** What becomes of mails in this installation. */
export interface Mailer {
  /**
   * - `smtp`: they are sent
   * - `tray`: they stay, and a page shows them: in the local demo without SMTP
   * - `none`: there is no way to send one
   */
  way: "smtp" | "tray" | "none";
  /** What bodies are sealed in until they are sent; the place is the mail's id. */
  box: SealedBox;
  /** What links begin with. */
  publicUrl: URL;
  /** What ids of messages end with. */
  domain: string;
  /** Says that there is something to send. */
  nudge(): void;
}

interface MailerOptions {
  config: Config;
  box: SealedBox;
}

export function createMailer({ config, box }: MailerOptions): Mailer {
  return {
    way: config.isLocalDemo ? "tray" : "none",
    box,
    publicUrl: config.publicUrl,
    domain: config.publicUrl.hostname,
    nudge() {},
  };
}
