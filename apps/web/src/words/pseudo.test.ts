import { expect, test } from "vitest";
import { pseudo } from "./pseudo.ts";

const words = {
  title: "Your order",
  help: "Any questions? <a>Write to {seller}</a>.",
  paidOn: (date: string) => `Paid on ${date}`,
  state: { open: "Waiting for payment" },
};

test("a text has accents and is some 40 % longer, its tags the same", () => {
  expect(pseudo(words).help).toMatch(/^Ååñy qüüëëštïïööñš\? <a>Wrïïtëë töö \{seller\}<\/a>\./);
  const all = [words.title, words.help, words.state.open].join("");
  const longer = [pseudo(words).title, pseudo(words).help, pseudo(words).state.open].join("");
  expect(longer.length / all.length).toBeGreaterThan(1.3);
});

test("functions put their values in as before", () => {
  expect(pseudo(words).paidOn("24/12")).toMatch(/^Pááïïd ööñ 24\/12/);
});
