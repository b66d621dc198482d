import { pseudo } from "./pseudo.ts";

/** Words of pages: texts, functions that put values into one, and groups of both. */
export interface Words {
  readonly [name: string]: string | ((...values: never[]) => string) | Words;
}

/**
 * Declares the words of one part of the pages. A text with links, emphasis or values that have a look has tags and braces
 * for `Rich`; a text of users goes into a `{value}` there or through a function, and is never taken for a tag.
 *
 * @example
 * export const orderWords = catalogue({
 *   title: "Your order",
 *   paidOn: (date: string) => `Paid on ${date}`,
 *   help: "Any questions? <a>Write to the seller</a>.",
 * });
 */
export function catalogue<W extends Words>(words: W): W {
  return import.meta.env.VITE_PSEUDO_LOCALE ? pseudo(words) : words;
}
