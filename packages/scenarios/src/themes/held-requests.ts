import assert from "node:assert/strict";
import type { Client, HeldRequest } from "@yumroad/testkit";
import { answered } from "../expectations.ts";
import { forgottenLink, OTHER_PASSWORD, type Person, provenNewcomer, someAddress, withCookies } from "../people.ts";
import type { Scenario, Theme } from "../scenario.ts";
import type { World } from "../world.ts";

/** What a thief with a copy of the cookies may begin before the owner throws them out. */
const BEGUN = [
  { method: "POST", path: "/api/products", json: { name: "Stolen shelf", price: { amount: 100, currency: "EUR" } } },
  { method: "POST", path: "/api/account/email", json: { email: someAddress() } },
  { method: "POST", path: "/api/account/totp", json: {} },
  { method: "POST", path: "/api/account/export", json: {} },
  { method: "POST", path: "/api/account/passkey-options", json: {} },
  { method: "PATCH", path: "/api/account", json: { name: "Stolen name" } },
  // Needs no body, and may bring one.
  { method: "GET", path: "/api/account", json: {} },
] as const;

export const heldRequests: Theme = {
  title: "Requests that began before a session ended",
  scenarios: [
    held("a log-out", async (_, { client }) => {
      await answered(client.post("/api/auth/logout"), 204);
    }),
    held("a reset of the password", async (world, { email }) => {
      const { token } = await forgottenLink(world, email);
      const json = { token, password: OTHER_PASSWORD };
      assert.ok((await world.visitor().post("/api/auth/reset-password", { json })).status < 300);
    }),
    held("the end of all other sessions", async (world, person) => {
      const elsewhere = world.visitor();
      const { email, password } = person;
      await answered(elsewhere.post("/api/auth/login", { json: { email, password } }), 200);
      await answered(elsewhere.delete("/api/account/sessions"), 204);
    }),
    held("the operator's disabling of the account", async (world, { email }) => {
      await world.operate("disable", email);
    }),
    held("a wish to have the account deleted", async (_, { client }) => {
      await answered(client.post("/api/account/deletion"), 200);
    }),
  ],
};

/** Each request has all but its last byte at the server when the session ends, and gets that byte afterwards. */
function held(what: string, end: (world: World, person: Person) => Promise<void>): Scenario {
  return {
    name: `a request that was begun before ${what} and ends after it is refused`,
    rows: ["R17", "R22"],
    async run(world) {
      const person = await provenNewcomer(world);
      const thief = withCookies(world, person.client.cookies.snapshot());
      const requests = await Promise.all(BEGUN.map((asked) => holdAt(thief, asked)));
      await end(world, person);
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
