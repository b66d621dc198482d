import { readTab, removeFromTab, writeTab } from "./tab-storage.ts";

/** A key that a link of the server has brought to this tab. It belongs to no account, so a logout does not remove it. */
export interface KeptKey {
  /** The stored key, or null. */
  kept(): string | null;
  keep(key: string): void;
  forget(): void;
  /** Restores the key where a reload finds it: at a logout in any tab, the browser clears the storage of all tabs. */
  restore(): void;
}

/** Keeps the key in this tab's storage and in memory, for when the browser clears the storage. */
export function createKeptKey(name: string, keyOf: (candidate: string | null) => string | null): KeptKey {
  let held = keyOf(readTab(name));
  return {
    kept: () => held,
    keep(key) {
      held = key;
      writeTab(name, key);
    },
    forget() {
      held = null;
      removeFromTab((stored) => stored === name);
    },
    restore() {
      if (held !== null) writeTab(name, held);
    },
  };
}
