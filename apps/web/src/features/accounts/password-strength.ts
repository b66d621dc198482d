import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";

// Loaded late and only here: the dictionary is heavier than the rest of the app.
const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

// Its time grows steeply with the length; beyond this many characters a password is strong or hopeless already.
const LONGEST_LOOKED_AT = 32;

/** How hard a password is to guess, from 0 (at once) to 4. `context` is what a guesser would try first. */
export function passwordStrength(password: string, context: readonly string[]): number {
  const cut = (text: string) => text.slice(0, LONGEST_LOOKED_AT);
  return zxcvbn.check(cut(password), ["yumroad", ...context.filter((word) => word !== "").map(cut)]).score;
}
