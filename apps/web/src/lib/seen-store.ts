// Which store somebody has looked at on this browser: the last of their first steps. Nothing that matters: it may be
// wiped (a log-out does), or forbidden.
const KEY = "yumroad:seen-store";

export function hasSeenStore(handle: string): boolean {
  try {
    return localStorage.getItem(KEY) === handle;
  } catch {
    return false;
  }
}

export function markStoreSeen(handle: string): void {
  try {
    localStorage.setItem(KEY, handle);
  } catch {
    // Then the step stays open until there are products enough.
  }
}
