import { expect, it } from "vitest";
import { hideSecrets } from "./hide-secrets.ts";

const TOKEN = "k3yThatOpensAnAccount-0123456789_abcdefghij";

it.each([
  ["ECONNECTION", "ECONNECTION"],
  ["EENVELOPE 550 550 5.1.1 <ada@example.com>: no such user", "EENVELOPE 550 550 5.1.1 ••• no such user"],
  ["550 mailbox of ADA at Example.com is full", "550 mailbox of ••• at ••• is full"],
  ["550 Adaline is no customer", "550 Adaline is no customer"],
  [`554 spam: https://shop.example/reset-password#token=${TOKEN} is listed`, "554 spam: ••• is listed"],
  [`554 refused: token=${TOKEN}`, "554 refused: •••"],
  ["535 bad log-in: dGhlLXNob3A6aXRzLXBhc3N3b3Jk", "535 bad log-in: •••"],
  ["550 listed, see https://ex.co/a?t=1 or http://shop.example/r#x", "550 listed, see ••• or •••"],
  ["550 key 3c1f9d2ab4 is wrong", "550 key ••• is wrong"],
  ["550 one\r\ntwo\u202ethree", "550 one two three"],
  ["x ".repeat(300), `${"x ".repeat(99)}x…`],
])("R85: of %j the operator reads %j", (reply, shown) => {
  expect(hideSecrets(reply, "ada@example.com")).toBe(shown);
});

it("hides any address, whatever characters are in it", () => {
  for (const sign of "!#$%&'*+-/=?^_`{|}~.") {
    const address = `al${sign}fresco@mail-host.example`;
    expect(hideSecrets(`550 al${sign}fresco at mail-host.example`, address)).toBe("550 ••• at •••");
  }
  expect(hideSecrets("550 user al.fresco unknown", "al.fresco+shop@example.com")).toBe("550 user ••• unknown");
});
