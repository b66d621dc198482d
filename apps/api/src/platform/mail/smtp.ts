import { createTransport, type NodemailerError } from "nodemailer";
import { isLoopbackName } from "../../config/env.ts";
import type { SmtpSettings } from "../../config/mail-settings.ts";

/** A mail as it is handed to the mail server. */
export interface OutgoingMail {
  to: string;
  subject: string;
  html: string;
  text: string;
  messageId: string;
  date: Date;
  unsubscribeUrl: string | null;
}

/**
 * The outcome of sending a mail:
 * - `sent`: the mail server has accepted it
 * - `refused`: the mail server will never accept it
 * - `delayed`: the mail server did not accept it now
 * - `unreachable`: the mail server accepts no mail now, so the next one would fail as well
 */
export type SendOutcome =
  | { kind: "sent" }
  | { kind: "refused" | "delayed" | "unreachable"; code: string; response: string };

export type SendMail = (mail: OutgoingMail) => Promise<SendOutcome>;

interface SmtpOptions {
  settings: SmtpSettings;
  /** The name in the greeting: the shop's host name instead of this machine's. */
  name: string;
  /** Timeout for one mail in milliseconds, from the connection to the answer. */
  patienceMs: number;
}

/**
 * Hands mails to the mail server, one connection each. It never throws. A mail that was cut off after all of it was
 * sent, but before the answer came, counts as `unreachable`, although the server may have accepted it.
 */
export function createSmtp({ settings, name, patienceMs }: SmtpOptions): SendMail {
  const transport = createTransport({ ...connectionTo(settings.url), name, logger: false });
  const { from } = settings;

  return async ({ to, subject, html, text, messageId, date, unsubscribeUrl }) => {
    try {
      await transport.sendMail({
        from,
        to: { name: "", address: to },
        // The envelope is separate from the headers, so that no header can add recipients.
        envelope: { from: from.address, to: [to] },
        subject,
        html,
        text,
        messageId,
        date,
        headers: {
          // Asks machines not to reply, for example with holiday notices (RFC 3834).
          "Auto-Submitted": "auto-generated",
          ...(unsubscribeUrl !== null && {
            "List-Unsubscribe": `<${unsubscribeUrl}>`,
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
          }),
        },
        textEncoding: "quoted-printable",
        disableFileAccess: true,
        disableUrlAccess: true,
        signal: AbortSignal.timeout(patienceMs),
      });
      return { kind: "sent" };
    } catch (error) {
      return outcomeOf(error as NodemailerError);
    }
  };
}

/**
 * Options of the connection. A password is sent over TLS only, unless the connection stays on this machine. Without a
 * password, TLS is used where the server offers it.
 */
export function connectionTo(url: URL) {
  const isSecure = url.protocol === "smtps:";
  const hasLogIn = url.username !== "";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return {
    host,
    port: Number(url.port) || (isSecure ? 465 : 587),
    secure: isSecure,
    requireTLS: !isSecure && hasLogIn && !isLoopbackName(host),
    ...(hasLogIn && { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
  };
}

/** Only a reply to the recipient or the text is about this mail; everything else is about the connection. */
function outcomeOf({ code = "", command, responseCode = 0, response = "", permanent }: NodemailerError): SendOutcome {
  const isAboutThisMail = responseCode !== 0 && (command === "RCPT TO" || command === "DATA");
  const kind = !isAboutThisMail ? "unreachable" : permanent ? "refused" : "delayed";
  return { kind, code: [code, responseCode || ""].join(" ").trim(), response };
}
