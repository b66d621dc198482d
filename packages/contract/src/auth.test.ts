import { describe, expect, test } from "vitest";
import { LoginInput, SignupInput } from "./index.ts";

const ada = { name: "Ada", email: "ada@example.com", password: "a long enough one" };

describe("what is sent to sign up and to log in", () => {
  test("is taken as it is when it fits", () => {
    expect(SignupInput.parse({ ...ada, remember: true })).toEqual({ ...ada, remember: true });
    expect(LoginInput.parse({ email: ada.email, password: "x" })).toEqual({ email: ada.email, password: "x" });
  });

  test.each(["role", "id", "emailVerified", "isAdmin", "constructor", "__proto__"])("may not hold %s", (field) => {
    // As a request sends it: JSON makes `__proto__` a field like any other.
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
