import anyAscii from "any-ascii";

/**
 * Words are cut to this many characters, so that SQLite can have an index for each length of a word's beginning.
 * Without such an index, a search for a common beginning takes 100 ms at a million products.
 */
export const WORD_LENGTH = 10;

/**
 * Maximum length of the text to tokenize, in UTF-16 units after decomposition (NFKD): enough for the longest name and
 * description with three accents on each letter. Only text made of ligatures, which decompose to up to 18 letters, can
 * be longer; the rest of it is ignored.
 */
const LOOKED_THROUGH = 41_000;

/** Scripts written without spaces between words. */
const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const WORD = new RegExp(String.raw`[${UNSPACED}\u30fc]+|(?:(?![${UNSPACED}])[\p{L}\p{N}\p{M}])+`, "gu");
const IS_UNSPACED = new RegExp(`[${UNSPACED}]`, "u");

/**
 * The distinct words of a text, in the form that is stored and searched: letters and digits only, in lower case,
 * without accents, and Latin letters in ASCII (`straße` becomes `strasse`). In scripts without spaces, each pair of
 * adjacent characters is a word, so that a search can match a part of a sentence. Words are not stemmed: a search
 * matches beginnings of words, which finds most inflected forms in any language.
 * SQLite and Postgres store these words unchanged, because their own tokenizers would give different search results.
 *
 * @example tokenizeText("Ångström's 100% maps") // ["angstrom", "s", "100", "maps"]
 */
export function tokenizeText(text: string): string[] {
  const words = new Set<string>();
  for (const word of new Set(fold(text).match(WORD))) {
    if (IS_UNSPACED.test(word)) addPairs(words, word);
    else words.add(cut(word));
  }
  return [...words];
}

/**
 * Decomposes the text to remove accents, and composes it again at the end: a decomposed Hangul character would count as
 * up to three letters.
 */
function fold(text: string): string {
  return text
    .normalize("NFKD")
    .slice(0, LOOKED_THROUGH)
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replaceAll("ς", "σ")
    .replace(/[^\p{ASCII}\P{Script=Latin}]/gu, (letter) => anyAscii(letter).toLowerCase())
    .normalize("NFC");
}

/**
 * Adds the pairs of adjacent characters, and the last character alone, so that a search for one character matches at
 * any place. Adds them one by one: a description can be one word of 41,000 characters, and lists of them cost as much as
 * the rest of the work.
 */
function addPairs(words: Set<string>, word: string): void {
  let former = "";
  for (const sign of word) {
    if (former !== "") words.add(former + sign);
    former = sign;
  }
  words.add(former);
}

function cut(word: string): string {
  return [...word].slice(0, WORD_LENGTH).join("");
}
