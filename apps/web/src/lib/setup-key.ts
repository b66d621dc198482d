import { createKeptKey, type KeptKey } from "./kept-key.ts";
import { mailedTokenOf } from "./mailed-token.ts";

/** The key of the setup link, kept while its holder signs up or logs in. */
export function createSetupKey(): KeptKey {
  return createKeptKey("yumroad:setup-key", mailedTokenOf);
}
