import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";

// QueryBoundary lazily and only here, because the dictionary is larger than the rest of the app.
const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

// Its time grows steeply with the length; a longer password is strong or hopeless already.
const LONGEST_LOOKED_AT = 32;

/** The strength of a password, from 0 (guessed at once) to 4. `context` lists what an attacker would try first. */
export function passwordStrength(password: string, context: readonly string[]): number {
  const cut = (text: string) => text.slice(0, LONGEST_LOOKED_AT);
  return zxcvbn.check(cut(password), ["yumroad", ...context.filter((word) => word !== "").map(cut)]).score;
}
