import { describe, expect, it } from "vitest";
import { tokenizeText, WORD_LENGTH } from "./tokenize-text.ts";

describe("tokenizeText", () => {
  it.each([
    ["Ångström's 100% maps", "angstrom s 100 maps"],
    ["Straße, Łódź, ŒUVRE & Ærø", "strasse lodz oeuvre aero"],
    ["İstanbul ΟΔΟΣ Йод", "istanbul οδοσ иод"],
    ["e\u0301te\u0301 \u00e9t\u00e9", "ete"],
    ["２０２６ ﬁne №5", "2026 fine no5"],
    ["shirt_dress C:\\temp a-b", "shirt dress c temp a b"],
    ["हिन्दी किताब 한국어 책", "हिन्दी किताब 한국어 책"],
    ["日本語の本", "日本 本語 語の の本 本"],
    ["Canonの本", "canon の本 本"],
    ["one two One TWO", "one two"],
    ["%% ?? \ufffd 🦊 \"'*:-()&|!", ""],
    ["", ""],
  ])("reads %j as %j", (text, words) => {
    expect(tokenizeText(text).join(" ")).toBe(words);
  });

  it("is settled: the words of words are the same words", () => {
    const words = tokenizeText("Ångström Straße ŒUVRE İstanbul ΟΔΟΣ 한국어 हिन्दी");
    expect(tokenizeText(words.join(" "))).toEqual(words);
  });

  it("cuts a long word by what a person would count", () => {
    expect(tokenizeText("Watercolours 𝒜𝔅watercolours")).toEqual(["watercolou", "abwatercol"]);
    expect(tokenizeText("𐐨".repeat(5000))).toEqual(["𐐨".repeat(WORD_LENGTH)]);
  });

  it("looks through the longest description there can be, and no further into what unfolds", () => {
    expect(tokenizeText(`${"\u1fa7".repeat(9990)} end`)).toContain("end");
    expect(tokenizeText(`${"\ufdfa".repeat(9990)} end`)).not.toContain("end");
  });
});
