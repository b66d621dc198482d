import { expect, test } from "vitest";
import { SessionState } from "./index.ts";

test("a session is alive with all its parts, or nobody's with all of its", () => {
  const user = {
    id: "1",
    email: "ada@example.com",
    name: "Ada",
    store: { handle: "ada", name: "Ada" },
    isOperator: false,
  };
  const expiresAt = "2030-01-01T00:00:00.000Z";
  expect(SessionState.safeParse({ user, expiresAt }).success).toBe(true);
  expect(SessionState.safeParse({ user: { ...user, store: null }, expiresAt }).success).toBe(true);
  expect(SessionState.safeParse({ user: null, expiresAt: null, ended: true }).success).toBe(true);
  expect(SessionState.safeParse({ user: null, expiresAt: null }).success).toBe(false);
  expect(SessionState.safeParse({ user, expiresAt: "tomorrow" }).success).toBe(false);
  expect(SessionState.safeParse({ user: { ...user, passwordHash: "x" }, expiresAt }).success).toBe(false);
});
