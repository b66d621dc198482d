import { readBrowser, writeBrowser } from "./browser-storage.ts";

// Whether somebody has looked at their own store on this browser: the last of the first steps. Not who, and nothing
// that matters: where it is forbidden the step stays open until there are products enough.
export const SEEN_STORE_KEY = "yumroad:seen-store";

export function hasSeenStore(): boolean {
  return readBrowser(SEEN_STORE_KEY) !== null;
}

export function markStoreSeen(): void {
  writeBrowser(SEEN_STORE_KEY, "yes");
}
