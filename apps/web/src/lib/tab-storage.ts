// Storage of this tab. A browser that forbids it throws on the mere mention: then nothing is kept, and nothing breaks.

export function readTab(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

export function writeTab(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // Forbidden or full: what would have been kept is a convenience.
  }
}

export function removeFromTab(shouldRemove: (key: string) => boolean): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (shouldRemove(key)) sessionStorage.removeItem(key);
  } catch {
    // Forbidden: then there is nothing to remove.
  }
}
