import { readTab, removeFromTab, writeTab } from "./tab-storage.ts";

// Whose session this tab last had. When it turns out to have ended, the page that was open is kept for that person
// only (R33), also if the page was reloaded in between.
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
