// Storage of this tab. A browser that forbids storage throws on any access: then nothing is kept, and nothing breaks.

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
    // Storage is forbidden or full; the value is only a convenience.
  }
}

export function removeFromTab(shouldRemove: (key: string) => boolean): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (shouldRemove(key)) sessionStorage.removeItem(key);
  } catch {
    // Storage is forbidden, so there is nothing to remove.
  }
}
