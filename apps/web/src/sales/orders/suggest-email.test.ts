import { expect, test } from "vitest";
import { suggestEmail } from "./suggest-email.ts";

test.each([
  ["mira@gmial.com", "mira@gmail.com"],
  ["mira@gmail.con", "mira@gmail.com"],
  ["mira@gmail.co", "mira@gmail.com"],
  ["mira@gmal.com", "mira@gmail.com"],
  ["mira@ggmail.com", "mira@gmail.com"],
  ["mira@gmailcom", "mira@gmail.com"],
  [" Mira+shop@Hotmial.COM ", "Mira+shop@hotmail.com"],
  ["mira@outlok.com", "mira@outlook.com"],
])("%j was meant to be %j", (typed, meant) => {
  expect(suggestEmail(typed)).toBe(meant);
});

test.each([
  ...["mira@gmail.com", "mira@GMAIL.com", "mira@mail.com", "mira@ymail.com", "mira@email.com", "mira@gmx.ch"],
  ...["mira@gmails.org", "mira@example.com", "mira@yahoo.ca", "mira@", "@gmial.com", "mira", "", "a@b@gmial.com"],
])("%j is left alone", (typed) => {
  expect(suggestEmail(typed)).toBeNull();
});
