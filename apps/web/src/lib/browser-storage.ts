/** What this browser keeps for this site; null where there is nothing, or where it is forbidden. */
export function readBrowser(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function removeFromBrowser(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Forbidden: then there is nothing to remove.
  }
}

export function writeBrowser(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Forbidden, or full: then it is as if nothing had been chosen.
  }
}
