import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { costOf } from "../../../test/slow-texts.ts";
import { createTestApp, GOOD_PASSWORD, type Person, type TestApp } from "../../../test/test-app.ts";

/** The most that fits into a body of 100 KB. Normalising the marks naively takes seconds. */
const MARKS = `a${"\u0301".repeat(24_900)}${"\u0323".repeat(24_900)}`;
const LETTERS = "a".repeat(Buffer.byteLength(MARKS));

describe("a password that fills the body", () => {
  let app: TestApp;
  let ada: Person;
  beforeAll(async () => {
    app = await createTestApp();
    ada = await app.signUp();
  });
  afterAll(() => app.close());

  it.each<[string, (password: string) => object]>([
    ["/api/auth/login", (password) => ({ email: "ada@example.com", password })],
    ["/api/auth/signup", (password) => ({ name: "Ada", email: "ada@example.com", password })],
    ["/api/auth/reset-password", (password) => ({ token: "x".repeat(43), password })],
    ["/api/account/reauthenticate", (password) => ({ password })],
    ["/api/account/password", (password) => ({ currentPassword: password, password: GOOD_PASSWORD })],
    ["/api/account/password", (password) => ({ currentPassword: GOOD_PASSWORD, password })],
  ])("R45: of combining marks costs at most 10 ms more to refuse than one of letters: %s", async (path, body) => {
    const send = async (password: string) => {
      const { status } = await ada.client.post(path, { json: body(password) });
      expect([413, 422]).toContain(status);
    };
    const ofLetters = await costOf(() => send(LETTERS));
    expect(await costOf(() => send(MARKS))).toBeLessThan(ofLetters + 10);
  });
});
