import { linkWords } from "../../words/mail-words.ts";
import { escapeHtml } from "../lib/escape-html.ts";
import type { Mail } from "./enqueue-mail.ts";

/** A mail in both forms in which it is sent. */
export interface RenderedMail {
  html: string;
  text: string;
}

interface MailInFull extends Omit<Mail, "button" | "paragraphs"> {
  paragraphs: readonly string[];
  button?: { label: string; url: string };
}

/** The last line of a mail: who it is from. */
interface MailOrigin {
  shop: string;
  host: string;
}

/**
 * Renders a mail. The HTML loads nothing: styles are inline, and there are no pictures or fonts. Only the button has
 * colours, so that the rest follows the mail program's light or dark theme. All text of the mail is escaped.
 */
export function renderMail(mail: MailInFull, origin: MailOrigin): RenderedMail {
  return { html: renderHtml(mail, origin), text: renderText(mail, origin) };
}

const FONT = "font-family: system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
const SMALL = "margin: 0 0 12px; font-size: 14px; line-height: 1.5";
// White text on this colour has a contrast of 6 to 1. The button has at least 3 to 1 against light and dark
// backgrounds.
const BUTTON =
  "display: inline-block; padding: 12px 24px; border-radius: 8px; background: #a83a68; color: #ffffff; font-size: 16px; font-weight: 600; text-decoration: none";

function renderHtml(mail: MailInFull, { shop, host }: MailOrigin): string {
  const { subject, heading, paragraphs, rows = [], notes = [], button, closing } = mail;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
</head>
<body style="margin: 0; padding: 24px 16px; ${FONT}">
<div style="max-width: 560px; margin: 0 auto">
<h1 style="margin: 0 0 20px; font-size: 22px; line-height: 1.3">${escapeHtml(heading)}</h1>
${paragraphs.map((text) => `<p style="margin: 0 0 16px; font-size: 16px; line-height: 1.5; white-space: pre-line">${escapeHtml(text)}</p>`).join("\n")}
${rows.length > 0 ? renderRows(rows) : ""}
${button ? renderButton(button) : ""}
${notes.map((text) => `<p style="${SMALL}; white-space: pre-line">${escapeHtml(text)}</p>`).join("\n")}
${closing ? `<p style="${SMALL}">${escapeHtml(closing)}</p>` : ""}
<p style="${SMALL}; margin-top: 24px; padding-top: 12px; border-top: 1px solid #8a8f98">${escapeHtml(shop)} · ${escapeHtml(host)}</p>
</div>
</body>
</html>
`;
}

function renderRows(rows: NonNullable<Mail["rows"]>): string {
  const cell = "padding: 8px 0; border-top: 1px solid #8a8f98; font-size: 16px; line-height: 1.5; vertical-align: top";
  const lines = rows.map(
    ([label, amount]) =>
      `<tr><td style="${cell}; padding-right: 16px">${escapeHtml(label)}</td><td style="${cell}; text-align: right; white-space: nowrap">${escapeHtml(amount)}</td></tr>`,
  );
  return `<table role="presentation" style="width: 100%; margin: 0 0 16px; border-collapse: collapse">${lines.join("")}</table>`;
}

/**
 * Repeats the address below the button: some mail programs show no buttons, and some people want to read the address
 * before they open it.
 */
function renderButton({ label, url }: { label: string; url: string }): string {
  return `<p style="margin: 0 0 16px"><a href="${escapeHtml(url)}" style="${BUTTON}">${escapeHtml(label)}</a></p>
<p style="${SMALL}">${linkWords.openInstead}<br><span style="word-break: break-all">${escapeHtml(url)}</span></p>`;
}

function renderText(mail: MailInFull, { shop, host }: MailOrigin): string {
  const { heading, paragraphs, rows = [], notes = [], button, closing } = mail;
  const parts = [
    heading,
    ...paragraphs,
    ...(rows.length > 0 ? [rows.map(([label, amount]) => `${label}: ${amount}`).join("\n")] : []),
    ...(button ? [`${button.label}:\n${button.url}`] : []),
    ...notes,
    ...(closing ? [closing] : []),
    `-- \n${shop} · ${host}`,
  ];
  return `${parts.join("\n\n")}\n`;
}
