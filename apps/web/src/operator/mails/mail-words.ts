import type { MailKind, MailState } from "@yumroad/contract";
import { mailWords } from "../../words/mails.ts";

/** What an email is for. An email of an older version may have a kind that this one does not know. */
export function mailKindWords(kind: string): string {
  const kinds: Readonly<Record<MailKind, string>> = mailWords.kinds;
  return (kinds as Readonly<Record<string, string | undefined>>)[kind] ?? mailWords.otherKind;
}

export function stateWords(state: MailState): string {
  return mailWords.states[state];
}
