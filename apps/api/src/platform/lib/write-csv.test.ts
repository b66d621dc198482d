import { describe, expect, it } from "vitest";
import { writeCsvLine } from "./write-csv.ts";

describe("a line of CSV", () => {
  it("R120: quotes what would break it, and leaves the rest as it is", () => {
    expect(writeCsvLine(["plain", 'say "hi", twice', "two\r\nlines", " spaced ", "naïve 日本", null, 0])).toBe(
      'plain,"say ""hi"", twice","two\r\nlines", spaced ,naïve 日本,,0\r\n',
    );
  });

  it.each(["=1+1", "+1", "-5", "@SUM(A1)", "＝1", "＋1", "－1", "＠A"])("R120: a text %s is no formula", (text) => {
    expect(writeCsvLine([text])).toBe(`'${text}\r\n`);
  });

  it.each(["\t=1", "\r=1", "\n=1", '=HYPERLINK("https://evil.example","a")'])("R120: nor is %j", (text) => {
    expect(writeCsvLine([text])).toMatch(/^"?'/);
  });

  it("R120: numbers stay numbers, also below zero", () => {
    expect(writeCsvLine([-5, 1900])).toBe("-5,1900\r\n");
  });
});
