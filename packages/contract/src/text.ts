import * as z from "zod/mini";
import { fault } from "./faults.ts";

const CONTROL = /\p{Cc}/u;
/**
 * Besides control characters, Unicode's line and paragraph separators and the controls that turn the direction of the
 * text after them: in a name, they would change how the page or mail around the name reads. The marks that Hebrew and
 * Arabic need (U+200E, U+200F) are allowed.
 */
const CONTROL_OF_A_LINE = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/u;
const CONTROL_BUT_TAB_AND_NEWLINE = /[^\P{Cc}\t\n]/u;
/**
 * Maximum number of combining marks in a row. No language uses this many, and normalising needs quadratic time to sort
 * them. Source: Unicode Standard Annex #15, 12.1, Stream-Safe Text Format.
 */
export const COMBINING_MARKS_MAX = 30;

/** Includes the half-width sound marks of Japanese: letters that normalising (NFKD) turns into combining marks. */
const TOO_MANY_MARKS = new RegExp(String.raw`[\p{M}\uff9e\uff9f]{${COMBINING_MARKS_MAX + 1}}`, "u");
/** A character that can be seen: the fillers of Hangul are letters, and the blank of Braille is a symbol. */
const VISIBLE = /(?![\p{DI}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u;
/**
 * Characters that no one sees (Unicode's Default_Ignorable_Code_Point), with which one name could look like another.
 * Excepted are those that scripts and emoji need: joiners, marks of direction, variation selectors, and the letters of a
 * region after the black flag.
 */
const INVISIBLE =
  /(?![\p{Join_Control}\p{Bidi_Control}\p{Variation_Selector}])(?<!\u{1f3f4}[\u{e0020}-\u{e007e}]{0,6})\p{DI}/u;

/** Length in code points: an emoji of one code point counts once, although it has two UTF-16 units. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** False for a text with a lone surrogate: half a character, which UTF-8 can't represent. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** True for a text with NUL or another control character (Unicode category Cc). */
export function hasControlCharacters(text: string): boolean {
  return CONTROL.test(text);
}

interface TextRule {
  /** The field that faults name, a key of the texts. */
  field: string;
  /** Minimum length in characters after trimming; 0 allows an empty text. */
  min: number;
  /** Maximum length in characters after trimming. */
  max: number;
}

function text({ field, min, max }: TextRule, forbidden: RegExp) {
  return z.string(fault("missing", { field })).check(
    z.refine(isWellFormed, { error: fault("broken_character", { field }), abort: true }),
    // Runs before trimming, which would silently remove control characters at the ends.
    z.refine((value) => !forbidden.test(value), { error: fault("control_character", { field }), abort: true }),
    z.trim(),
    // A character has at most two UTF-16 units, so a text of more than 2 × `max` units is too long without counting.
    z.refine((value) => value.length <= 2 * max && countCharacters(value) <= max, {
      error: fault("too_long", { field, max }),
      abort: true,
    }),
    z.refine((value) => min === 0 || VISIBLE.test(value), { error: fault("missing", { field }), abort: true }),
    z.refine((value) => countCharacters(value) >= min, fault("too_short", { field, min })),
    z.refine((value) => !TOO_MANY_MARKS.test(value), fault("too_many_accents", { field })),
    // Only for the OpenAPI document: the checks above validate.
    z.meta({ minLength: min, maxLength: max }),
  );
}

/**
 * A trimmed text of one line, without controls of its direction and characters that no one sees. Unless `min` is 0, it
 * contains a visible character.
 */
export function line(rule: TextRule) {
  const error = fault("invisible_character", { field: rule.field });
  return text(rule, CONTROL_OF_A_LINE).check(z.refine((value) => !INVISIBLE.test(value), { error }));
}

/** A trimmed text of several lines. Of the control characters, only tab and newline are allowed. */
export function prose(rule: TextRule) {
  return text(rule, CONTROL_BUT_TAB_AND_NEWLINE);
}
