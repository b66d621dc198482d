import { readBrowser, writeBrowser } from "./browser-storage.ts";

// Records that the own store was viewed on this browser, the last of the first steps. It names no user and is not
// important: without storage the step stays open until there are products enough.
export const SEEN_STORE_KEY = "yumroad:seen-store";

export function hasSeenStore(): boolean {
  return readBrowser(SEEN_STORE_KEY) !== null;
}

export function markStoreSeen(): void {
  writeBrowser(SEEN_STORE_KEY, "yes");
}
