import { expect, test } from "vitest";
import { outsideAddress } from "./outside-address.ts";

test.each(["https://example.com/", "http://example.com/a?b=c#d", "mailto:ada@example.com"])("lets %j be", (address) => {
  expect(outsideAddress(address)).toBe(address);
});

test.each([
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "java\tscript:alert(1)",
  "\u0001javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:x",
  "file:///etc/passwd",
  "blob:https://example.com/x",
  "//evil.example",
  "/api/auth/logout",
  "../settings",
  "#top",
  "",
  "https://our-bank.example@evil.example",
  "https://user:word@evil.example",
])("makes no link of %j", (address) => {
  expect(outsideAddress(address)).toBe("");
});
