import { OutboxKey } from "@yumroad/contract";
import { readTab, writeTab } from "./tab-storage.ts";

/** The key of the local demo's mail tray. It belongs to no account, so a logout does not remove it. */
export interface TrayKey {
  /** The stored key, or null. */
  kept(): string | null;
  keep(key: string): void;
  /** Restores the key where a reload finds it: at a logout in any tab, the browser clears the storage of all tabs. */
  restore(): void;
}

const KEPT_AS = "yumroad:outbox-key";

/** Keeps the key in this tab's storage and in memory, for when the browser clears the storage. */
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

/** The candidate if it has the form of a key, otherwise null. */
export function trayKeyOf(candidate: string | null): string | null {
  const key = OutboxKey.safeParse(candidate);
  return key.success ? key.data : null;
}
