import anyAscii from "any-ascii";

/**
 * A word counts by its first characters, so that each beginning of it can be indexed as such: looked for among whole
 * words, the beginning of a common one takes SQLite 100 ms at a million products.
 */
export const WORD_LENGTH = 10;

/**
 * As much of a text as is looked through once it is decomposed, in UTF-16 units: the longest name and description there
 * can be, in letters of three accents. Only what consists of ligatures is longer, of which one may be 18 letters.
 */
const LOOKED_THROUGH = 41_000;

/** Scripts that put no space between words. */
const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const WORD = new RegExp(String.raw`[${UNSPACED}\u30fc]+|(?:(?![${UNSPACED}])[\p{L}\p{N}\p{M}])+`, "gu");
const IS_UNSPACED = new RegExp(`[${UNSPACED}]`, "u");

/**
 * The different words of a text, in the form in which they are stored and looked for: letters and digits only, in
 * lower case, without accents, other Latin letters spelled with the plain ones (`straße` is `strasse`). Where a
 * script puts no spaces, each two neighbours make a word, so that a part of a sentence is found in it. No stems: a
 * search takes every word for a beginning instead, which does most of the same in any language.
 *
 * The databases are handed these words and take them as they are: left to their own ideas of a letter, SQLite and
 * Postgres would not find the same.
 *
 * @example tokenizeText("Ångström's 100% maps") // ["angstrom", "s", "100", "maps"]
 */
export function tokenizeText(text: string): string[] {
  const words = new Set(fold(text).match(WORD));
  return [...new Set([...words].flatMap((word) => (IS_UNSPACED.test(word) ? pairsOf(word) : cut(word))))];
}

/** Decomposed, so that accents come off; then composed again, since Hangul would otherwise be three letters a sign. */
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

/** The last sign stands alone as well, so that one sign is found wherever it is. */
function pairsOf(word: string): string[] {
  const signs = [...word];
  return signs.map((sign, place) => sign + (signs[place + 1] ?? ""));
}

function cut(word: string): string {
  return [...word].slice(0, WORD_LENGTH).join("");
}
