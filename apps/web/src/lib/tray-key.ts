import { OutboxKey } from "@yumroad/contract";
import { readTab, writeTab } from "./tab-storage.ts";

/** What opens the mail tray of the local demo. It is no account's, and no log-out takes it. */
export interface TrayKey {
  /** Null if this tab has none. */
  kept(): string | null;
  keep(key: string): void;
  /** Puts it back where a reload finds it: at a log-out in any tab, the browser clears what all of them keep. */
  restore(): void;
}

const KEPT_AS = "yumroad:outbox-key";

/** Keeps it in this tab: over a reload, and here as well, for when the browser clears that. */
export function createTrayKey(): TrayKey {
  let held = trayKeyOf(readTab(KEPT_AS));
  return {
    kept: () => held,
    keep(key) {
      held = key;
      writeTab(KEPT_AS, key);
    },
    restore() {
      if (held !== null) writeTab(KEPT_AS, held);
    },
  };
}

/** What has the form of a key; null for anything else. */
export function trayKeyOf(candidate: string | null): string | null {
  const key = OutboxKey.safeParse(candidate);
  return key.success ? key.data : null;
}
