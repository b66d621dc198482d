/** A text of a mail. The function gets the name of the shop. */
export type MailText = string | ((shop: string) => string);

/** The words of one mail: functions of plain data make them, so that another language is another set of functions. */
export interface MailWords {
  /** One line of at most 200 characters, stored unencrypted. */
  subject: string;
  heading: string;
  paragraphs: readonly MailText[];
  rows?: readonly (readonly [label: string, amount: string])[];
  notes?: readonly string[];
  closing?: string;
}

/** The words of a mail with a button, and the button's own. */
export interface ButtonMailWords extends MailWords {
  buttonLabel: string;
}

const UNITS = [
  { ms: 86_400_000, one: "a day", many: "days" },
  { ms: 3_600_000, one: "an hour", many: "hours" },
  { ms: 60_000, one: "a minute", many: "minutes" },
] as const;

/**
 * A span of time as a sentence says it: "an hour", "7 days". Rounded down, so that it promises no more than there is.
 *
 * @example
 * spanInWords(limits.mailedToken); // "an hour"
 */
export function spanInWords(ms: number): string {
  const { ms: length, one, many } = UNITS.find((unit) => ms >= unit.ms) ?? UNITS[2];
  const count = Math.floor(ms / length);
  return count === 1 ? one : `${count} ${many}`;
}

/** The words around the link of each mail with a button. */
export const linkWords = { openInstead: "If the button doesn’t work, open this address:" };
