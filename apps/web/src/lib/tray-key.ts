import { OutboxKey } from "@yumroad/contract";
import { readTab, writeTab } from "./tab-storage.ts";

/** What opens the mail tray of the local demo. It is no account's, and no log-out takes it. */
export interface TrayKey {
  /** Null if this tab was given none. */
  kept(): string | null;
  keep(key: string): void;
}

const KEPT_AS = "yumroad:outbox-key";

/** Keeps it in this tab: over a reload, and here as well, since at a log-out the browser clears what a tab keeps. */
export function createTrayKey(): TrayKey {
  let held: string | null = null;
  return {
    kept: () => held ?? trayKeyOf(readTab(KEPT_AS)),
    keep(key) {
      held = key;
      writeTab(KEPT_AS, key);
    },
  };
}

/** What has the form of a key; null for anything else. */
export function trayKeyOf(candidate: string | null): string | null {
  const key = OutboxKey.safeParse(candidate);
  return key.success ? key.data : null;
}
