import packed from "virtual:common-words";
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs } from "@zxcvbn-ts/language-common";
import { unpackWords } from "./unpack-words.ts";

const lists = unpackWords(packed);

// Loaded lazily and only here, because of the size of the lists.
const zxcvbn = new ZxcvbnFactory({
  dictionary: { "passwords-common": lists.slice(0, -1).flat(), "diceware-common": lists.at(-1) ?? [] },
  graphs: adjacencyGraphs,
});

// Its time grows steeply with the length; a longer password is strong or hopeless already.
const LONGEST_LOOKED_AT = 32;

/** The strength of a password, from 0 (guessed at once) to 4. `context` lists what an attacker would try first. */
export function passwordStrength(password: string, context: readonly string[]): number {
  const cut = (text: string) => text.slice(0, LONGEST_LOOKED_AT);
  return zxcvbn.check(cut(password), ["yumroad", ...context.filter((word) => word !== "").map(cut)]).score;
}
