import type { Words } from "./catalogue.ts";

const ACCENTED: Readonly<Record<string, string>> = {
  ...{ a: "á", e: "ë", i: "ï", o: "ö", u: "ü", c: "ç", n: "ñ", s: "š", z: "ž" },
  ...{ A: "Å", E: "É", I: "Î", O: "Ø", U: "Ú", C: "Ç", N: "Ñ", S: "Š", Z: "Ž" },
};

/** A tag or the place of a value in a text for `Rich`, or one letter. */
const TAG_OR_LETTER = /<\/?\w+>|\{\w+\}|[a-z]/gi;
const VOWEL = /[aeiou]/i;

/**
 * The same words in a language that nobody speaks: with accents, and some 40 % longer. Words that stand outside of the
 * catalogue show as plain English beside it, and a layout that has no room for other languages overflows.
 */
export function pseudo<W extends Words>(words: W): W {
  const entries = Object.entries(words).map(([name, value]) => {
    if (typeof value === "string") return [name, stretch(value)];
    if (typeof value === "function") return [name, (...values: never[]) => stretch(value(...values))];
    return [name, pseudo(value)];
  });
  return Object.fromEntries(entries) as W;
}

/** Every vowel twice, and the rest of the 40 % at the end. */
function stretch(text: string): string {
  const stretched = text.replace(TAG_OR_LETTER, (found) => {
    if (found.length > 1) return found;
    const accented = ACCENTED[found] ?? found;
    return VOWEL.test(found) ? accented + accented.toLowerCase() : accented;
  });
  return stretched + " ~~~".repeat(Math.max(0, Math.round((text.length * 1.4 - stretched.length) / 4)));
}
