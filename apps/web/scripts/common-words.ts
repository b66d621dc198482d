import { dictionary } from "@zxcvbn-ts/language-common";
import type { Plugin } from "vite";
import { packWords } from "./pack-words.ts";

const ID = "virtual:common-words";
/** Marked as no file, as Rollup's convention is. */
const MODULE = `\0${ID}`;

/**
 * Passwords that are kept, of the 49,000 in the list, which is in the order of their use. One that is long enough to be
 * chosen here is looked for as a whole; a shorter one only as a part of others, where only the most used matter.
 */
const KEPT = { long: 18_000, short: 4_500 };
const LONG = 8;

/** Passwords are told apart by the order of magnitude of their rank; within one, by the alphabet, which packs better. */
const RANKS = [100, 1_000, 3_000, 10_000, Number.POSITIVE_INFINITY];

/**
 * Gives the app the words that measure a password, in 46 KiB instead of 220: lists of passwords, from the most common
 * on, and of English words at the end. `src/identity/password/password-strength.ts` unpacks them.
 */
export function commonWords(): Plugin {
  return {
    name: "common-words",
    resolveId: (id) => (id === ID ? MODULE : null),
    load: (id) => (id === MODULE ? `export default ${JSON.stringify(packWords(listsOfWords()))};` : null),
  };
}

export function listsOfWords(): string[][] {
  const lists: string[][] = RANKS.map(() => []);
  for (const [rank, entry] of (dictionary["passwords-common"] ?? []).entries()) {
    const password = String(entry);
    if (/[A-Z\n]/.test(password) || rank >= (password.length < LONG ? KEPT.short : KEPT.long)) continue;
    lists[RANKS.findIndex((end) => rank < end)]?.push(password);
  }
  return [...lists, (dictionary["diceware-common"] ?? []).map(String)];
}
