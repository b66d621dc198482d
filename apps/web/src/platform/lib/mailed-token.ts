import { MailedToken } from "@yumroad/contract";

/** The candidate if it has the form of a token or key of a link, otherwise null. */
export function mailedTokenOf(candidate: unknown): string | null {
  return MailedToken.safeParse(candidate).data ?? null;
}
