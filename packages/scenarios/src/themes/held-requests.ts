import assert from "node:assert/strict";
import type { Client, HeldRequest } from "@yumroad/testkit";
import { answered } from "../expectations.ts";
import { OTHER_PASSWORD, type Person, passwordResetLink, provenNewcomer, uniqueEmail, withCookies } from "../people.ts";
import type { Scenario, Theme } from "../scenario.ts";
import type { TestEnvironment } from "../test-environment.ts";

/** Requests that a thief with copied cookies may start before the owner ends the session. */
const BEGUN = [
  { method: "POST", path: "/api/products", json: { name: "Stolen shelf", price: { amount: 100, currency: "EUR" } } },
  { method: "POST", path: "/api/account/email", json: { email: uniqueEmail() } },
  { method: "POST", path: "/api/account/totp", json: {} },
  { method: "POST", path: "/api/account/export", json: {} },
  { method: "POST", path: "/api/account/passkey-options", json: {} },
  { method: "PATCH", path: "/api/account", json: { name: "Stolen name" } },
  // A body is optional here.
  { method: "GET", path: "/api/account", json: {} },
] as const;

export const heldRequests: Theme = {
  title: "Requests that began before a session ended",
  scenarios: [
    held("a log-out", async (_, { client }) => {
      await answered(client.post("/api/auth/logout"), 204);
    }),
    held("a reset of the password", async (env, { email }) => {
      const { token } = await passwordResetLink(env, email);
      const json = { token, password: OTHER_PASSWORD };
      assert.ok((await env.visitor().post("/api/auth/reset-password", { json })).status < 300);
    }),
    held("the end of all other sessions", async (env, person) => {
      const elsewhere = env.visitor();
      const { email, password } = person;
      await answered(elsewhere.post("/api/auth/login", { json: { email, password } }), 200);
      await answered(elsewhere.delete("/api/account/sessions"), 204);
    }),
    held("the operator's disabling of the account", async (env, { email }) => {
      await env.operate("disable", email);
    }),
    held("a wish to have the account deleted", async (_, { client }) => {
      await answered(client.post("/api/account/deletion"), 200);
    }),
  ],
};

/**
 * The session ends while each request still lacks its last byte. The last byte is sent after the end of the session.
 */
function held(what: string, end: (env: TestEnvironment, person: Person) => Promise<void>): Scenario {
  return {
    name: `a request that was begun before ${what} and ends after it is refused`,
    rows: ["R17", "R22"],
    async run(env) {
      const person = await provenNewcomer(env);
      const thief = withCookies(env, person.client.cookies.snapshot());
      const requests = await Promise.all(BEGUN.map((asked) => holdAt(thief, asked)));
      await end(env, person);
      for (const { path, request } of requests) {
        const { status } = await request.release();
        assert.equal(status, 401, `${path} answered ${status} after ${what}`);
      }
    },
  };
}

async function holdAt(thief: Client, asked: (typeof BEGUN)[number]): Promise<{ path: string; request: HeldRequest }> {
  return { path: `${asked.method} ${asked.path}`, request: await thief.hold(asked) };
}
