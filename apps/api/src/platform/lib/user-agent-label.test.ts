import { describe, expect, it } from "vitest";
import { knownDevice, userAgentLabel } from "./user-agent-label.ts";

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
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
    "Edge on Windows",
  ],
  [
    "Mozilla/5.0 (Linux; Android 15; SAMSUNG SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
    "Samsung Internet on Android",
  ],
  [
    "Mozilla/5.0 (X11; CrOS x86_64 16033.58.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Chrome on ChromeOS",
  ],
  ["shopbot/1.0 (Windows NT 10.0)", "Unknown browser on Windows"],
  ["curl/8.14.1", "Unknown device"],
  ["", "Unknown device"],
  [undefined, "Unknown device"],
  ["x".repeat(1001), "Unknown device"],
])("%s is %s", (userAgent, words) => {
  expect(userAgentLabel(userAgent)).toBe(words);
});

describe("R79: a stranger's words are not shown to the owner of an account", () => {
  it.each([
    "Your account is locked, call +1 555 0100/1",
    "evil.example/login (Windows NT 10.0)",
    "<script>alert(1)</script>/1.0",
    "\u0000\u001b[2J/1",
    "\u202egnp.exe/2",
    "constructor/1",
    "Googlebot/2.1 (+http://www.google.com/bot.html)",
  ])("R79: of %j no letter is left", (userAgent) => {
    expect(userAgentLabel(userAgent)).toMatch(/^(?:Unknown device|Unknown browser on Windows)$/);
  });

  it.each([
    ["Firefox on Windows", "Firefox on Windows"],
    ["Firefox", "Firefox"],
    ["Microsoft Edge on Windows", "Edge on Windows"],
    ["Samsung Internet for Android on Android", "Samsung Internet on Android"],
    ["Windows", "Unknown browser on Windows"],
    ["Unknown browser on Windows", "Unknown browser on Windows"],
    ["Unknown device", "Unknown device"],
    ["evil.example on Windows", "Unknown browser on Windows"],
    ["Firefox on evil.example", "Firefox"],
    ["Firefox on Windows on evil.example", "Firefox on Windows"],
    ["Call +1 555 0100", "Unknown device"],
    ["", ""],
  ])("R79: what was stored as %j is shown as %j", (stored, words) => {
    expect(knownDevice(stored)).toBe(words);
  });
});
