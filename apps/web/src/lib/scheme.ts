// Where Mantine keeps the choice between light and dark.
const KEY = "mantine-color-scheme-value";

/**
 * Runs something that wipes this site's storage (the answer to a log-out does, by `Clear-Site-Data`) and puts the
 * choice of light or dark back: it belongs to the browser, not to the person.
 */
export async function keepingScheme<T>(work: () => Promise<T>): Promise<T> {
  const chosen = read();
  try {
    return await work();
  } finally {
    if (chosen !== null) write(chosen);
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function write(value: string): void {
  try {
    localStorage.setItem(KEY, value);
  } catch {
    // Forbidden: then the system decides, as before.
  }
}
