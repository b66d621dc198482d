import { median } from "@yumroad/testkit";

/** Makes a text of about this many UTF-16 units. */
type Shape = (length: number) => string;

const repeated =
  (unit: string, { before = "", after = "" } = {}): Shape =>
  (length) =>
    before + unit.repeat(Math.max(0, Math.floor((length - before.length - after.length) / unit.length))) + after;

/** Runs of unordered combining marks: sorting them takes quadratic time (UAX #15). */
const marks = {
  "marks of two kinds": (length: number) =>
    `a${"\u0301".repeat(Math.floor(length / 2))}${"\u0323".repeat(Math.floor(length / 2))}`,
  "marks by turns": repeated("\u0301\u0323", { before: "a" }),
  "Tibetan vowel signs": repeated("\u0f71\u0f74\u0f72", { before: "\u0f40" }),
  "marks in front of nothing": repeated("\u0323\u0334\u0301"),
  "musical marks": repeated("\u{1d165}\u{1d16e}", { before: "a" }),
  "half-width sound marks, which become combining ones": repeated(`${"\u0334".repeat(30)}\uff9e`, { before: "\uff76" }),
  "30 marks a letter": repeated(`a${"\u0301\u0323".repeat(15)}`),
  "three marks and 30 more a letter": repeated(`\u1f82${"\u0334\u0323".repeat(15)}`),
};

const unfolding = {
  "a ligature of 18 letters": repeated("\ufdfa"),
  "the same, with letters and marks": repeated("a\ufdfa\u0301"),
  "a square of six letters": repeated("\u3316"),
  "a ligature of three letters": repeated("\ufb03"),
  "Hangul in parts": repeated("\u1100\u1161\u11a8"),
  "the first parts of Hangul": repeated("\u1100"),
  "Hangul in one": repeated("\uac01"),
  "letters of three accents": repeated("\u1fa7"),
  "mathematical letters": repeated("\u{1d400}"),
  "different Han signs": (length: number) =>
    String.fromCodePoint(...Array.from({ length }, (_, place) => 0x4e00 + ((place * 7919) % 20_000))),
  "different words": (length: number) =>
    Array.from({ length: length / 4 }, (_, place) => (place % 40_000) + 1000)
      .map((number) => number.toString(36))
      .join(" "),
};

const joined = {
  "a family, joined": repeated("👩\u200d👩\u200d👧\u200d👦"),
  "joiners and selectors": repeated("\u200d\ufe0f"),
  "letters from right to left": repeated("\u05d0\u202e\u2067"),
  "halves of characters": repeated("\ud83d"),
  NULs: repeated("\0"),
};

/** Texts that make patterns backtrack: many near matches and no match. */
const stumbling = {
  "blanks inside": repeated(" ", { before: "a", after: "a" }),
  "blanks around": repeated(" \u00a0"),
  "tabs and newlines": repeated("\t\n"),
  letters: repeated("a", { after: "!" }),
  digits: repeated("1", { after: "!" }),
  "dots and letters": repeated("a.", { after: "@" }),
  "an address that goes on": repeated("a.", { before: "a@" }),
  "an address of dashes": repeated("a-", { before: "a@a." }),
  "an address that is one": repeated("a.", { after: "a@example.com" }),
  "an address with a long domain": repeated("a.", { before: "a@", after: "example" }),
  "at signs": repeated("a@"),
  dashes: repeated("-"),
  "dashes and letters": repeated("a-", { after: "-" }),
  "equals signs": repeated("=", { before: "a" }),
  slashes: repeated("/"),
  "dots and slashes": repeated("/.."),
  "encoded slashes": repeated("%2f%2e", { before: "/" }),
  "per cents": repeated("%"),
  "question marks": repeated("/?#\n"),
  quotes: repeated('"W/'),
  semicolons: repeated(" ;="),
  brackets: repeated("[", { after: "]" }),
  "versions of a browser": repeated("Version/1.1_", { before: "Mozilla/5.0 (Macintosh; " }),
  "slashes and brackets": repeated("x/x ("),
};

/** Texts that have made some program slow, by name. */
const slowTexts: Readonly<Record<string, Shape>> = { ...marks, ...unfolding, ...joined, ...stumbling };

const ROUNDS = 5;
const MOST_MS = 10;
const MOST_TIMES = 3;
/** Below this, a measurement is noise and says nothing about growth. */
const FLOOR_MS = 2;
const TRIES = 3;

/** Processor time of `work` in milliseconds, the median of five runs. */
export async function costOf(work: () => unknown): Promise<number> {
  const costs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    costs.push((user + system) / 1000);
  }
  return median(costs);
}

/**
 * The texts of up to `length` units for which `work` is too slow: more than 10 ms of processor time, or more than three
 * times as much for twice the length. A suspect is measured again, because something else may have run.
 */
export async function tooDear(length: number, work: (text: string) => unknown): Promise<string[]> {
  const found: string[] = [];
  for (const [name, shape] of Object.entries(slowTexts)) {
    const [half, whole] = [shape(Math.floor(length / 2)), shape(length)];
    for (let tries = 1; tries <= TRIES; tries += 1) {
      const ofHalf = await costOf(() => work(half));
      const ofWhole = await costOf(() => work(whole));
      if (ofWhole <= MOST_MS && ofWhole <= Math.max(FLOOR_MS, MOST_TIMES * ofHalf)) break;
      if (tries === TRIES) found.push(`${name}: ${ofHalf.toFixed(1)} ms, at twice the length ${ofWhole.toFixed(1)} ms`);
    }
  }
  return found;
}
