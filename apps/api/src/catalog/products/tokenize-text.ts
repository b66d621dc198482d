import anyAscii from "any-ascii";

/**
 * Words are cut to this many characters so that each of their beginnings can be indexed: a prefix search for a common
 * beginning takes SQLite 100 ms at a million products.
 */
export const WORD_LENGTH = 10;

/**
 * Maximum length of the decomposed text that is tokenized, in UTF-16 units: the longest possible name and description
 * in letters with three accents. Only text made of ligatures, which decompose to up to 18 letters, is longer.
 */
const LOOKED_THROUGH = 41_000;

/** Scripts written without spaces between words. */
const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const WORD = new RegExp(String.raw`[${UNSPACED}\u30fc]+|(?:(?![${UNSPACED}])[\p{L}\p{N}\p{M}])+`, "gu");
const IS_UNSPACED = new RegExp(`[${UNSPACED}]`, "u");

/**
 * The distinct words of a text in the form in which they are stored and searched: letters and digits only, in lower
 * case, without accents, other Latin letters in plain spelling (`straße` is `strasse`). In scripts without spaces each
 * pair of adjacent characters is a word, so that a part of a sentence matches. There is no stemming: a search treats
 * every word as a beginning, which does most of the same in any language.
 * The databases store these words unchanged: with tokenizers of their own, SQLite and Postgres would not find the same.
 *
 * @example tokenizeText("Ångström's 100% maps") // ["angstrom", "s", "100", "maps"]
 */
export function tokenizeText(text: string): string[] {
  const words = new Set(fold(text).match(WORD));
  return [...new Set([...words].flatMap((word) => (IS_UNSPACED.test(word) ? pairsOf(word) : cut(word))))];
}

/** Decomposed to remove accents, then composed again, since decomposed Hangul has up to three letters per character. */
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

/** The last character is also a word of its own, so that a single character matches at any place. */
function pairsOf(word: string): string[] {
  const signs = [...word];
  return signs.map((sign, place) => sign + (signs[place + 1] ?? ""));
}

function cut(word: string): string {
  return [...word].slice(0, WORD_LENGTH).join("");
}
