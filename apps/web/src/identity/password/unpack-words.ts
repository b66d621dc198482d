const FIRST = "A".charCodeAt(0);

/** Unpacks lists of words that the build has packed (`scripts/pack-words.ts`). */
export function unpackWords(packed: string): string[][] {
  return packed.split("\n").map((list) => {
    let last = "";
    return (list.match(/[A-Z][^A-Z]*/g) ?? []).map((part) => {
      last = last.slice(0, part.charCodeAt(0) - FIRST) + part.slice(1);
      return last;
    });
  });
}
