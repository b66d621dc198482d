/** What this browser keeps for this site; null where there is nothing, or where it is forbidden. */
export function readBrowser(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function writeBrowser(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Forbidden, or full: then it is as if nothing had been chosen.
  }
}
