import { readBrowser, writeBrowser } from "./browser-storage.ts";
import { SEEN_STORE_KEY } from "./seen-store.ts";

// What belongs to the browser, not to the person: the choice between light and dark, where Mantine keeps it, and that
// the first steps were taken.
const KEYS = ["mantine-color-scheme-value", SEEN_STORE_KEY];

/** Runs something that wipes this site's storage (the answer to a log-out does, by `Clear-Site-Data`) and puts these back. */
export async function keepingChoices<T>(work: () => Promise<T>): Promise<T> {
  const chosen = KEYS.map((key) => [key, readBrowser(key)] as const);
  try {
    return await work();
  } finally {
    for (const [key, value] of chosen) if (value !== null) writeBrowser(key, value);
  }
}
