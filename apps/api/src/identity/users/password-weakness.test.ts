import { fault } from "@yumroad/contract";
import { describe, expect, it } from "vitest";
import { passwordWeakness } from "./password-weakness.ts";

const ada = { name: "Ada Lovelace", email: "ada.byron@engines.example" };

describe("R45: passwords that are too easy to guess", () => {
  it.each([
    "password",
    "Password",
    "PASSWORD1",
    "iloveyou",
    "football",
    "trustno1",
    "11111111",
    "sunshine",
    "baseball",
    "princess",
    "ｐａｓｓｗｏｒｄ",
  ])("R45: %s is one of the common ones, in any case and width", async (password) => {
    expect(await passwordWeakness(password, ada)).toBe(fault("password_common"));
  });

  it.each([
    "yumroad1",
    "Yumroad!",
    "yumroad-2026",
    "YumRoad 99",
    "lovelace1815",
    "Ada Lovelace",
    "adalovelace7",
    "ada.byron@engines.example",
    "ADA.BYRON@engines.example",
    "ada.byron1",
    "byron-1815",
    "engines2024",
    "1815lovelace",
    "love-lace-1",
    "lovelace181518",
  ])("R45: %s is a word of the site or of the person, alone or with a few digits", async (password) => {
    expect(await passwordWeakness(password, ada)).toBe(fault("password_of_context"));
  });

  it.each([
    "zzzzzzzzz",
    "xyxyxyxyxy",
    "jam!jam!jam!",
    "w8w8w8w8w",
    "plumjam.plumjam.plumjam.",
    "🦊🦊🦊🦊🦊🦊🦊🦊",
    "é9é9é9é9",
  ])("R45: %s only repeats a unit of at most eight characters", async (password) => {
    expect(await passwordWeakness(password, ada)).toMatch(/password_(?:repeats|common)/);
  });

  it.each([
    "0123456789",
    "98765432109",
    "123456789012345",
    "90123456",
    "abcdefghijk",
    "zyxwvutsrq",
    "qwertyuiop",
    "poiuytrewq",
    "asdfghjkl",
    "asdfghjkl123",
    "QWERTZUIOP",
    "azertyuiop",
    "zxcvbnm123456",
    "qwertyasdfgh",
    "1qaz2wsx3edc",
    "abc123def456",
    "abcdefgh12",
    "12qwertyui",
  ])("R45: %s is nothing but runs along the keyboard, the alphabet or the numbers", async (password) => {
    expect(await passwordWeakness(password, ada)).toMatch(/password_(?:run|common)/);
  });

  it("R45: the person's address is refused however many digits are in it", async () => {
    const email = "ada.18151210@engines.example";
    expect(await passwordWeakness(email, { name: "Ada", email })).toBe(fault("password_of_context"));
  });

  it.each(["asdfgh4567890", "yxcvbn4567890", "azerty4567890", "qsdfgh4567890", "4rfv5tgb6yhn987"])(
    "R45: %s is runs along the keys as well, whatever the keyboard, and though it is none of the common ones",
    async (password) => {
      expect(await passwordWeakness(password, ada)).toBe(fault("password_run"));
    },
  );

  it("R45: each refusal says why", async () => {
    const reasons = await Promise.all(
      ["password", "lovelace1", "xyxyxyxyxy", "poiuytrewq01234"].map((password) => passwordWeakness(password, ada)),
    );
    expect(new Set(reasons).size).toBe(4);
  });
});

describe("R45: passwords that are fine", () => {
  it.each([
    "plum jam on the windowsill",
    "correct horse battery staple",
    "ada likes steam",
    "yumroad is where i sell",
    "the road to lovelace",
    "my 3 cats sleep",
    "qwerty was a cat",
    "asdf then jam",
    "abc of gardening",
    "tuesday123 tuesday456",
    "ninenine x nine9",
    "83749203847562",
    "kx7#pQ2!vz",
    "        mmm        ",
    "aaaaaaaab",
    "lovelace1815-1852",
    "qwas4567",
    "poiuytrewqxy",
    "jam jam jam tart",
    "les œufs au café",
    "Straßenbahn nach Süden",
    "три кота на крыше",
    "窓の外に梅の木がある",
    "קפה בבוקר עם לחם",
    "قهوة في الصباح الباكر",
    "🦊🐻🐼🐨🐯🦁🐮🐷",
    "windowsill",
    "zucchini-lantern",
    "x".repeat(64) + "y".repeat(64),
  ])("R45: %s is taken: no rule of composition, no false alarm", async (password) => {
    expect(await passwordWeakness(password, ada)).toBeNull();
  });

  it("R45: a name of a letter or in another script does not spoil other passwords", async () => {
    expect(await passwordWeakness("x marks the spot", { name: "X", email: "x@example.com" })).toBeNull();
    expect(await passwordWeakness("83749203847562", { name: "12345", email: "1@example.com" })).toBeNull();
    expect(await passwordWeakness("八ヶ岳の夏休み計画", { name: "山田太郎", email: "taro@example.jp" })).toBeNull();
    expect(await passwordWeakness("山田太郎2024", { name: "山田 太郎", email: "taro@example.jp" })).not.toBeNull();
  });

  it("R45: it is quick, also at 128 characters", async () => {
    await passwordWeakness("warm up the list", ada);
    const start = performance.now();
    for (let tries = 0; tries < 100; tries += 1) await passwordWeakness(`${"qwerty".repeat(21)}!!`, ada);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
