import { readTab, removeFromTab, writeTab } from "../platform/lib/tab-storage.ts";

// The user of this tab's last session. When that session has ended, the open page is kept for this user only (R33),
// also over a reload.
const KEY = "yumroad:last-user";

export function rememberUser(userId: string): void {
  writeTab(KEY, userId);
}

export function recallUser(): string | null {
  return readTab(KEY);
}

export function forgetUser(): void {
  removeFromTab((key) => key === KEY);
}
