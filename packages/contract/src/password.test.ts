import { describe, expect, onTestFinished, test, vi } from "vitest";
import {
  ClaimedPassword,
  countCharacters,
  fault,
  issueOf,
  NewPassword,
  normalizePassword,
  PASSWORD_MAX_UNITS,
} from "./index.ts";

function complaint(schema: typeof NewPassword, value: unknown): string | null {
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  return issue ? issueOf({ path: [], message: issue.message }).message : null;
}

describe("a password that somebody chooses", () => {
  test("R45: has 8 to 128 characters, each emoji one of them", () => {
    expect(complaint(NewPassword, "1234567")).toBe("The password needs at least 8 characters");
    expect(complaint(NewPassword, "12345678")).toBeNull();
    expect(complaint(NewPassword, "🎉".repeat(7))).toBe("The password needs at least 8 characters");
    expect(complaint(NewPassword, "🎉".repeat(8))).toBeNull();
    expect(complaint(NewPassword, "🎉".repeat(128))).toBeNull();
    expect(complaint(NewPassword, "x".repeat(129))).toBe("The password has more than 128 characters");
  });

  test("R45: is counted after NFKC", () => {
    // Four letters with four combining accents are four characters; one ligature of three letters is three.
    expect(complaint(NewPassword, "e\u0301".repeat(4))).toBe("The password needs at least 8 characters");
    expect(complaint(NewPassword, "\ufb03".repeat(3))).toBeNull();
    expect(complaint(NewPassword, "\ufdfa".repeat(8))).toBe("The password has more than 128 characters");
  });

  test("R45: may have 128 characters however many parts each was typed in", () => {
    for (const whole of ["\u00e9", "\uac01", "\u1fb4", "\u{16126}"]) {
      const character = whole.normalize("NFD");
      expect(countCharacters(normalizePassword(character)), character).toBe(1);
      expect(complaint(NewPassword, character.repeat(128)), character).toBeNull();
      expect(complaint(ClaimedPassword, character.repeat(128)), character).toBeNull();
    }
  });

  test("keeps its blanks: they are part of it", () => {
    expect(NewPassword.parse("  blanks  ")).toBe("  blanks  ");
    expect(complaint(NewPassword, "        ")).toBeNull();
  });

  test.each([
    ["", "The password is missing"],
    [undefined, "The password is missing"],
    [["a long enough one"], "The password is missing"],
    [12345678, "The password is missing"],
    ["a long\0enough one", "The password has a control character in it"],
    ["a long enough\ud800", "The password has a broken character in it"],
  ])("refuses %j", (value, message) => {
    expect(complaint(NewPassword, value)).toBe(message);
  });
});

test("the same password typed on another keyboard is the same", () => {
  expect(normalizePassword("Caf\u0065\u0301 \uff11\ufb01")).toBe("Caf\u00e9 1fi");
  expect(normalizePassword("Pass")).not.toBe(normalizePassword("pass"));
  expect(normalizePassword("pass ")).not.toBe(normalizePassword("pass"));
});

test("R45: beyond 1,024 units a password is too long, and is not normalised to find out", () => {
  const bomb = `a${"\u0301".repeat(PASSWORD_MAX_UNITS / 2)}${"\u0323".repeat(PASSWORD_MAX_UNITS / 2)}`;
  const normalize = vi.spyOn(String.prototype, "normalize");
  onTestFinished(() => normalize.mockRestore());
  for (const schema of [NewPassword, ClaimedPassword]) {
    const issues = schema.safeParse(bomb).error?.issues.map(({ message }) => message);
    expect(issues).toEqual([fault("too_long", { field: "password", max: 128 })]);
  }
  expect(() => normalizePassword(bomb)).toThrow(RangeError);
  expect(normalize).not.toHaveBeenCalled();
  expect(normalizePassword(bomb.slice(0, PASSWORD_MAX_UNITS))).toHaveLength(PASSWORD_MAX_UNITS - 1);
});

test("a claimed password is looked at unless it is empty or could never be one", () => {
  for (const looked of ["x", "a\0b", "\ud800", "x".repeat(128), " "]) {
    expect(complaint(ClaimedPassword, looked), JSON.stringify(looked)).toBeNull();
  }
  expect(complaint(ClaimedPassword, "")).toBe("The password is missing");
  expect(complaint(ClaimedPassword, "x".repeat(129))).toBe("The password has more than 128 characters");
});
