/** Returns what is remembered of a text, or makes it. */
type TextCache = (text: string, make: () => string) => string;

/**
 * Remembers what was made of texts. Once texts and results have more characters than `size`, those that were not asked
 * for the longest are forgotten.
 */
export function createTextCache(size: number): TextCache {
  const made = new Map<string, string>();
  let characters = 0;
  const forget = (text: string) => {
    characters -= text.length + (made.get(text)?.length ?? 0);
    made.delete(text);
  };
  return (text, make) => {
    const result = made.get(text) ?? make();
    // It would drive out all others, and then itself.
    if (text.length + result.length > size) return result;
    if (made.has(text)) forget(text);
    made.set(text, result);
    characters += text.length + result.length;
    for (const oldest of made.keys()) {
      if (characters <= size) break;
      forget(oldest);
    }
    return result;
  };
}
