import { MailedToken } from "@yumroad/contract";
import { createKeptKey, type KeptKey } from "./kept-key.ts";

/** The key of the setup link, kept while its holder signs up or logs in. */
export function createSetupKey(): KeptKey {
  return createKeptKey("yumroad:setup-key", setupKeyOf);
}

/** The candidate if it has the form of a key, otherwise null. */
export function setupKeyOf(candidate: string | null): string | null {
  const key = MailedToken.safeParse(candidate);
  return key.success ? key.data : null;
}
