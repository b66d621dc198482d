import { Email } from "@yumroad/contract";

/** The mail server and the sender of mails. */
export interface SmtpSettings {
  /** `smtp:` or `smtps:`; user and password are percent-encoded. */
  url: URL;
  /** `name` is empty if `MAIL_FROM` has only an address. */
  from: { name: string; address: string };
}

/**
 * Reads `SMTP_URL` and `MAIL_FROM`, and adds errors to `faults`. Null: `SMTP_URL` is not set, or a value is missing or
 * invalid.
 */
export function readSmtp(
  address: string | undefined,
  sender: string | undefined,
  faults: string[],
): SmtpSettings | null {
  const from = sender === undefined ? null : readSender(sender, faults);
  if (address === undefined) return null;
  if (sender === undefined) {
    faults.push("MAIL_FROM is not set, and SMTP_URL is: say who mails are from, such as Shop <shop@example.com>.");
  }
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !isMailServer(url)) {
    // The message does not quote SMTP_URL, which may contain a password.
    faults.push(
      "SMTP_URL is not the address of a mail server: use smtp://user:password@host:587 or smtps://user:password@host:465, with %40 for an @ in the password and the like.",
    );
    return null;
  }
  return from && { url, from };
}

function isMailServer(url: URL): boolean {
  const { protocol, hostname, pathname, search, hash, username, password } = url;
  const isBare = /^\/?$/.test(pathname) && search === "" && hash === "";
  return /^smtps?:$/.test(protocol) && hostname !== "" && isBare && isPercentEncoded(username + password);
}

function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function readSender(text: string, faults: string[]): SmtpSettings["from"] | null {
  const [, name = "", inBrackets, bare] = /^(?:"?([^"<>\p{Cc}]*?)"?\s*<([^<>]+)>|([^<>\s]+))$/u.exec(text) ?? [];
  const address = Email.safeParse(inBrackets ?? bare);
  if (address.success) return { name: name.trim(), address: address.data };
  faults.push(`MAIL_FROM is "${text}": use an address, such as shop@example.com or Shop <shop@example.com>.`);
  return null;
}
