import { createTransport, type NodemailerError } from "nodemailer";
import { isLoopbackName } from "../../config/env.ts";
import type { SmtpSettings } from "../../config/mail-settings.ts";

/** A mail as it is handed over. */
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
 * What became of a mail:
 * - `sent`: the mail server has taken it
 * - `refused`: it never will, whoever asks again
 * - `delayed`: it did not take this one now
 * - `unreachable`: it took none at all: the next one would fare no better
 */
export type SendOutcome =
  | { kind: "sent" }
  | { kind: "refused" | "delayed" | "unreachable"; code: string; response: string };

export type SendMail = (mail: OutgoingMail) => Promise<SendOutcome>;

interface SmtpOptions {
  settings: SmtpSettings;
  /** How we introduce ourselves: the shop's host name, and not this machine's. */
  name: string;
  /** How long one mail may take, in milliseconds, from the connection to the answer. */
  patienceMs: number;
}

/**
 * Hands mails to the mail server, one connection each. It never throws. A mail that was cut off after all of it was
 * sent, but before the answer came, counts as `unreachable`, although the server may have taken it.
 */
export function createSmtp({ settings, name, patienceMs }: SmtpOptions): SendMail {
  const transport = createTransport({ ...connectionTo(settings.url), name, logger: false });
  const { from } = settings;

  return async ({ to, subject, html, text, messageId, date, unsubscribeUrl }) => {
    try {
      await transport.sendMail({
        from,
        to: { name: "", address: to },
        // Said apart from the headers, so that no header can add to it.
        envelope: { from: from.address, to: [to] },
        subject,
        html,
        text,
        messageId,
        date,
        headers: {
          // No answer by machines, such as those of people on holiday (RFC 3834).
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
 * How to connect. A password travels over TLS, or not at all, unless it stays on this machine. Without one, TLS is used
 * where the server offers it.
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

/** Only what was said about this recipient or this text is about this mail; all else is about the server and us. */
function outcomeOf({ code = "", command, responseCode = 0, response = "", permanent }: NodemailerError): SendOutcome {
  const isAboutThisMail = responseCode !== 0 && (command === "RCPT TO" || command === "DATA");
  const kind = !isAboutThisMail ? "unreachable" : permanent ? "refused" : "delayed";
  return { kind, code: [code, responseCode || ""].join(" ").trim(), response };
}
