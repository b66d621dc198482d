import { normalizePassword } from "@yumroad/contract";
import { emailKeyOf } from "./user.entity.ts";

/** Maximum length of a unit that a weak password repeats. */
const REPEATED_UNIT_MAX = 8;
/** Number of added digits and signs up to which a word counts as the same: "ann-1987". */
const ADDED_CHARACTERS_MAX = 6;
/** A shorter run is no pattern; two digits in order are one ("qwertyui12"). */
const RUN_MIN = 3;
const DIGIT_RUN_MIN = 2;

const SEQUENCES = [
  // Twice, for runs that continue past 0 or 9.
  "01234567890123456789",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "qwertzuiop",
  "yxcvbnm",
  "azertyuiop",
  "qsdfghjklm",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
].flatMap((sequence) => [sequence, [...sequence].reverse().join("")]);

interface Chooser {
  name: string;
  email: string;
}

let commonPasswords: Promise<ReadonlySet<string>> | undefined;

/**
 * The reason why a password is too easy to guess for this person, in words for them; null when it is not. There are no
 * rules of composition. Source: OWASP ASVS 5.0.0, 6.2.4, 6.2.5 and 6.2.9; NIST SP 800-63B, 3.1.1.2.
 */
export async function passwordWeakness(password: string, chooser: Chooser): Promise<string | null> {
  const folded = normalizePassword(password).toLowerCase();
  commonPasswords ??= loadCommonPasswords();
  if ((await commonPasswords).has(folded)) return "This is one of the most common passwords";
  if (isContextWord(folded, chooser)) return "This is too close to your name, your email or ours";
  if (isRepetition(folded)) return "This only repeats itself";
  if (isRunOfKeys(folded)) return "This is only a run of keys or numbers";
  return null;
}

async function loadCommonPasswords(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  return new Set(dictionary["passwords-common"].map(String));
}

function isContextWord(password: string, { name, email }: Chooser): boolean {
  const address = emailKeyOf(email);
  const [local = "", domain = ""] = address.split("@");
  const words = [
    "yumroad",
    name,
    ...name.split(/\s+/),
    address,
    local,
    domain,
    ...local.split(/[._+-]/),
    ...domain.split("."),
  ];
  const core = lettersOf(password);
  // A word with much around it no longer counts as that word.
  if (password !== address && [...password].length - [...core].length > ADDED_CHARACTERS_MAX) return false;
  return password === address || (core !== "" && words.some((word) => lettersOf(word.toLowerCase()) === core));
}

/** A word without the digits, dots and dashes around and inside it: "ann.lee-2024" is "annlee". */
function lettersOf(word: string): string {
  return word.normalize("NFKC").replace(/[^\p{L}]/gu, "");
}

function isRepetition(password: string): boolean {
  const characters = [...password];
  for (let unit = 1; unit <= Math.min(REPEATED_UNIT_MAX, characters.length / 2); unit += 1) {
    if (characters.every((character, place) => character === characters[place % unit])) return true;
  }
  return false;
}

/** True for a password of nothing but runs along the keyboard, the alphabet or the digits. */
function isRunOfKeys(password: string): boolean {
  let rest = password;
  while (rest.length > 0) {
    const run = longestRun(rest);
    if (run < (/^\d/.test(rest) ? DIGIT_RUN_MIN : RUN_MIN)) return false;
    rest = rest.slice(run);
  }
  return true;
}

function longestRun(text: string): number {
  let longest = 0;
  for (const sequence of SEQUENCES) {
    let length = 0;
    while (length < text.length && sequence.includes(text.slice(0, length + 1))) length += 1;
    longest = Math.max(longest, length);
  }
  return longest;
}
