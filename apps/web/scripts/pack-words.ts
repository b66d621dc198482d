/** Capital letters say how many letters a word shares with the one before it: `A` none, `Z` 25. */
const FIRST = "A".charCodeAt(0);
const MOST_SHARED = 25;

/** Packs lists of words without capitals, each in the order of the alphabet, so that what words share is there once. */
export function packWords(lists: readonly (readonly string[])[]): string {
  return lists.map((words) => packList(words.toSorted())).join("\n");
}

function packList(words: readonly string[]): string {
  return words
    .map((word, place) => {
      const shared = sharedLength(word, words[place - 1] ?? "");
      return String.fromCharCode(FIRST + shared) + word.slice(shared);
    })
    .join("");
}

function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < MOST_SHARED && length < one.length && one[length] === other[length]) length += 1;
  return length;
}
