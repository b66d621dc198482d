import { expect, it } from "vitest";
import { deviceInWords } from "./device-words.ts";

it.each([
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:146.0) Gecko/20100101 Firefox/146.0", "Firefox on Windows"],
  [
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Chrome on Linux",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    "Safari on iOS",
  ],
  [
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
    "Chrome on Android",
  ],
  ["curl/8.14.1", "Unknown device"],
  ["", "Unknown device"],
  [undefined, "Unknown device"],
  ["x".repeat(1001), "Unknown device"],
])("%s is %s", (userAgent, words) => {
  expect(deviceInWords(userAgent)).toBe(words);
});

it.each(["\u0000\u001b[2J/1", "<script>alert(1)</script>/1.0", "\u202egnp.exe/2"])(
  "of %j nothing that can't be printed is left",
  (userAgent) => {
    expect(deviceInWords(userAgent)).toMatch(/^[\p{L}\p{N}\p{P}\p{S} ]{1,40}$/u);
  },
);
