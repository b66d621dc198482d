import { readBrowser, writeBrowser } from "./browser-storage.ts";
import { SEEN_STORE_KEY } from "./seen-store.ts";

// Data of the browser rather than of a user: the colour scheme, where Mantine keeps it, and the finished first steps.
const KEYS = ["mantine-color-scheme-value", SEEN_STORE_KEY];

/**
 * Runs work that wipes this site's storage (the answer to a logout does, by `Clear-Site-Data`) and restores these
 * values.
 */
export async function preservingPreferences<T>(work: () => Promise<T>): Promise<T> {
  const chosen = KEYS.map((key) => [key, readBrowser(key)] as const);
  try {
    return await work();
  } finally {
    for (const [key, value] of chosen) if (value !== null) writeBrowser(key, value);
  }
}
