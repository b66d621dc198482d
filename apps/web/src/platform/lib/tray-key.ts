import { OutboxKey } from "@yumroad/contract";
import { createKeptKey, type KeptKey } from "./kept-key.ts";

/** The key of the local demo's mail tray. */
export function createTrayKey(): KeptKey {
  return createKeptKey("yumroad:outbox-key", trayKeyOf);
}

/** The candidate if it has the form of a key, otherwise null. */
export function trayKeyOf(candidate: string | null): string | null {
  const key = OutboxKey.safeParse(candidate);
  return key.success ? key.data : null;
}
