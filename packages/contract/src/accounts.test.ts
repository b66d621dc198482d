import { describe, expect, onTestFinished, test, vi } from "vitest";
import {
  ClaimedPassword,
  countCharacters,
  LoginInput,
  NewPassword,
  normalizePassword,
  PASSWORD_MAX_UNITS,
  SessionState,
  SignupInput,
} from "./index.ts";

const ada = { name: "Ada", email: "ada@example.com", password: "a long enough one" };

function complaint(schema: typeof NewPassword, value: unknown): string | null {
  return schema.safeParse(value).error?.issues[0]?.message ?? null;
}

describe("a password that somebody chooses", () => {
  test("has 8 to 128 characters, each emoji one of them", () => {
    expect(complaint(NewPassword, "1234567")).toBe("The password needs at least 8 characters");
    expect(complaint(NewPassword, "12345678")).toBeNull();
    expect(complaint(NewPassword, "🎉".repeat(7))).toBe("The password needs at least 8 characters");
    expect(complaint(NewPassword, "🎉".repeat(8))).toBeNull();
    expect(complaint(NewPassword, "🎉".repeat(128))).toBeNull();
    expect(complaint(NewPassword, "x".repeat(129))).toBe("The password has more than 128 characters");
  });

  test("is counted after NFKC", () => {
    // Four letters with four combining accents are four characters; one ligature of three letters is three.
    expect(complaint(NewPassword, "e\u0301".repeat(4))).toBe("The password needs at least 8 characters");
    expect(complaint(NewPassword, "\ufb03".repeat(3))).toBeNull();
    expect(complaint(NewPassword, "\ufdfa".repeat(8))).toBe("The password has more than 128 characters");
  });

  test("may have 128 characters however many parts each was typed in", () => {
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
    expect(issues).toEqual(["The password has more than 128 characters"]);
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

describe("what is sent to sign up and to log in", () => {
  test("is taken as it is when it fits", () => {
    expect(SignupInput.parse({ ...ada, remember: true })).toEqual({ ...ada, remember: true });
    expect(LoginInput.parse({ email: ada.email, password: "x" })).toEqual({ email: ada.email, password: "x" });
  });

  test.each(["role", "id", "emailVerified", "isAdmin", "constructor", "__proto__"])("may not hold %s", (field) => {
    // As it arrives: JSON makes `__proto__` a field like any other.
    const body: unknown = JSON.parse(JSON.stringify(ada).replace("{", `{"${field}":{"x":1},`));
    expect(SignupInput.safeParse(body).error?.issues[0]).toMatchObject({ code: "unrecognized_keys", keys: [field] });
    const { name: _, ...login } = body as typeof ada;
    const claimed: unknown = JSON.parse(JSON.stringify(login).replace("{", `{"${field}":{"x":1},`));
    expect(LoginInput.safeParse(claimed).success).toBe(false);
  });

  test.each([null, [], "text", 1, [ada]])("is an object, not %j", (body) => {
    expect(SignupInput.safeParse(body).success).toBe(false);
    expect(LoginInput.safeParse(body).success).toBe(false);
  });

  test("says yes or no to being remembered, and nothing else", () => {
    for (const remember of ["true", 1, null, "on"]) {
      expect(SignupInput.safeParse({ ...ada, remember }).success).toBe(false);
    }
  });
});

test("a session is alive with all its parts, or nobody's with all of its", () => {
  const user = { id: "1", email: ada.email, name: "Ada", store: { handle: "ada", name: "Ada" } };
  const expiresAt = "2030-01-01T00:00:00.000Z";
  expect(SessionState.safeParse({ user, expiresAt }).success).toBe(true);
  expect(SessionState.safeParse({ user: null, expiresAt: null, ended: true }).success).toBe(true);
  expect(SessionState.safeParse({ user: null, expiresAt: null }).success).toBe(false);
  expect(SessionState.safeParse({ user, expiresAt: "tomorrow" }).success).toBe(false);
  expect(SessionState.safeParse({ user: { ...user, passwordHash: "x" }, expiresAt }).success).toBe(false);
});
