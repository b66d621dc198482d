import { fault, normalizePassword } from "@yumroad/contract";
import { emailKeyOf } from "./user.entity.ts";

/** Maximum length, in characters, of the unit that a password repeats to count as a mere repetition ("abcabcabc"). */
const REPEATED_UNIT_MAX = 8;
/**
 * Maximum number of digits and signs added to a word (a name, for example) in a password that counts as this word:
 * "ann-1987".
 */
const ADDED_CHARACTERS_MAX = 6;
/** Minimum length of a run along the keyboard or the alphabet, and of a run of digits ("qwertyui12" ends with one). */
const RUN_MIN = 3;
const DIGIT_RUN_MIN = 2;

const SEQUENCES = [
  // The digits appear twice, so that a run that continues past 0 or 9 is found too.
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
 * Returns the reason why a password is too easy to guess for this person's account, as a fault; null: the
 * password is good enough. There are no rules of composition, such as a minimum number of digits. Source: OWASP ASVS
 * 5.0.0, 6.2.4, 6.2.5 and 6.2.9; NIST SP 800-63B, 3.1.1.2.
 */
export async function passwordWeakness(password: string, chooser: Chooser): Promise<string | null> {
  const folded = normalizePassword(password).toLowerCase();
  commonPasswords ??= loadCommonPasswords();
  if ((await commonPasswords).has(folded)) return fault("password_common");
  if (isContextWord(folded, chooser)) return fault("password_of_context");
  if (isRepetition(folded)) return fault("password_repeats");
  if (isRunOfKeys(folded)) return fault("password_run");
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
  // A password that adds many characters to a word does not count as that word.
  if (password !== address && [...password].length - [...core].length > ADDED_CHARACTERS_MAX) return false;
  return password === address || (core !== "" && words.some((word) => lettersOf(word.toLowerCase()) === core));
}

/** Keeps only the letters of a word: "ann.lee-2024" becomes "annlee". */
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

/** True if a password consists only of runs along the keyboard, the alphabet or the digits. */
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
