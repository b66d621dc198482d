import { createTransport, type NodemailerError } from "nodemailer";
import { isLoopbackName } from "../../config/env.ts";
import type { SmtpSettings } from "../../config/mail-settings.ts";

/** A mail in the form in which it is passed to the mail server. */
export interface OutgoingMail {
  to: string;
  subject: string;
  html: string;
  text: string;
  messageId: string;
  date: Date;
  unsubscribeUrl: string | null;
  /** The name in `From`. Null: the one in `MAIL_FROM`. */
  senderName?: string | null;
}

/**
 * The outcome of sending a mail:
 * - `sent`: the mail server has accepted the mail
 * - `refused`: the mail server will never accept the mail
 * - `delayed`: the mail server did not accept the mail now
 * - `unreachable`: the mail server accepts no mail now, so sending another one would fail as well
 */
export type SendOutcome =
  | { kind: "sent" }
  | { kind: "refused" | "delayed" | "unreachable"; code: string; response: string };

export type SendMail = (mail: OutgoingMail) => Promise<SendOutcome>;

interface SmtpOptions {
  settings: SmtpSettings;
  /** The name by which this client greets the mail server: the shop's host name instead of the machine's name. */
  name: string;
  /** Timeout for one mail, from connecting to the server's final reply, in milliseconds. */
  patienceMs: number;
  /** Ends the sending of a mail at once when the server closes. */
  closing: AbortSignal;
}

/**
 * Makes the function that passes mails to the mail server, each over its own connection. The function never throws. If
 * the connection fails after the whole mail was sent and before the reply has come, or `closing` ends the sending there,
 * the outcome is `unreachable`, although the server may have accepted the mail.
 */
export function createSmtp({ settings, name, patienceMs, closing }: SmtpOptions): SendMail {
  const connection = connectionTo(settings.url);
  const transport = createTransport({ ...connection, name, logger: false });
  const { from } = settings;

  return async ({ to, subject, html, text, messageId, date, unsubscribeUrl, senderName }) => {
    try {
      await transport.sendMail({
        from: { ...from, name: senderName ?? from.name },
        to: { name: "", address: to },
        // The envelope names its recipient, so that the mail's headers can't add further recipients.
        envelope: { from: from.address, to: [to] },
        subject,
        html,
        text,
        messageId,
        date,
        headers: {
          // Asks automatic systems not to reply, for example with holiday notices (RFC 3834).
          "Auto-Submitted": "auto-generated",
          ...(unsubscribeUrl !== null && {
            "List-Unsubscribe": `<${unsubscribeUrl}>`,
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
          }),
        },
        textEncoding: "quoted-printable",
        disableFileAccess: true,
        disableUrlAccess: true,
        signal: AbortSignal.any([AbortSignal.timeout(patienceMs), closing]),
      });
      return { kind: "sent" };
    } catch (error) {
      return outcomeOf(error as NodemailerError, (text) => withoutPassword(text, connection.auth));
    }
  };
}

/**
 * Options of the connection to the mail server. A password is sent over TLS only, unless the server is on this machine.
 * Without a password, TLS is used if the server offers it.
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

/**
 * Only a reply to the commands RCPT TO and DATA is about this mail; any other error is about the connection or the
 * server.
 */
function outcomeOf(error: NodemailerError, clean: (text: string) => string): SendOutcome {
  const { code = "", command, responseCode = 0, permanent } = error;
  const isAboutThisMail = responseCode !== 0 && (command === "RCPT TO" || command === "DATA");
  const kind = !isAboutThisMail ? "unreachable" : permanent ? "refused" : "delayed";
  return { kind, code: [code, responseCode || ""].join(" ").trim(), response: clean(error.response ?? error.message) };
}

/** Some mail servers repeat a command that they refuse, and with it the password. */
function withoutPassword(text: string, auth: { user: string; pass: string } | undefined): string {
  if (auth === undefined || auth.pass === "") return text;
  const { user, pass } = auth;
  const sent = [`\0${user}\0${pass}`, pass].map((secret) => Buffer.from(secret).toString("base64"));
  return [...sent, pass].reduce((clean, secret) => clean.replaceAll(secret, "…"), text);
}
