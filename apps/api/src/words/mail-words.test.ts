import { expect, it } from "vitest";
import { spanInWords } from "./mail-words.ts";

it.each([
  [60_000, "a minute"],
  [15 * 60_000, "15 minutes"],
  [3_600_000, "an hour"],
  [2 * 3_600_000, "2 hours"],
  [86_400_000, "a day"],
  [7 * 86_400_000, "7 days"],
  [3_600_000 + 59_000, "an hour"],
])("says %d ms as %s", (ms, words) => {
  expect(spanInWords(ms)).toBe(words);
});
