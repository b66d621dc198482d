import assert from "node:assert/strict";
import { allEndpoints, needsUser, type Problem } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { logInWithPasswordOnly, setUpTotp } from "../authenticator-app.ts";
import { answered, refused } from "../expectations.ts";
import { pathToNothing } from "../path-to-nothing.ts";
import { newcomer, provenNewcomer, withCookies } from "../people.ts";
import type { Theme } from "../scenario.ts";

const all = allEndpoints.map(([, endpoint]) => endpoint);

/** Every endpoint that requires a login, at an address that could exist. */
const closed = all.filter(needsUser);

export const access: Theme = {
  title: "Who may call what",
  scenarios: [
    {
      name: "each endpoint for users is closed to whoever is not logged in",
      rows: ["R74"],
      async run(env) {
        await expectClosed(env.visitor());
        const { headers } = await refused(env.visitor().get("/api/account"), "unauthenticated");
        assert.equal(headers["www-authenticate"], 'Session realm="yumroad"');
      },
    },
    {
      name: "each endpoint for users is closed to whoever has logged out, cookie or not",
      rows: ["R17", "R74"],
      async run(env) {
        const { client } = await newcomer(env);
        const before = client.cookies.snapshot();
        await answered(client.post("/api/auth/logout"), 204);
        await expectClosed(withCookies(env, before));
      },
    },
    {
      name: "each endpoint for users is closed to whoever still owes a second factor",
      rows: ["R71", "R74"],
      async run(env) {
        const person = await provenNewcomer(env);
        await setUpTotp(env, person);
        await expectClosed(await logInWithPasswordOnly(env, person));
      },
    },
    {
      name: "each endpoint for users is closed to whoever was disabled",
      rows: ["R22", "R74"],
      async run(env) {
        const { client, email } = await newcomer(env);
        await env.operate("disable", email);
        await expectClosed(client);
      },
    },
    {
      name: "the second step of a log-in is closed to everybody who is not half way there",
      rows: ["R71", "R74"],
      async run(env) {
        const json = { code: "123456" };
        await refused(env.visitor().post("/api/auth/second-factor", { json }), "unauthenticated");
        const { client } = await newcomer(env);
        await refused(client.post("/api/auth/second-factor", { json }), "unauthenticated");
      },
    },
    {
      name: "a known address by another method says which ones there are",
      rows: ["R74"],
      async run(env) {
        const { client } = await newcomer(env);
        for (const path of new Set(all.map((endpoint) => endpoint.path).filter((path) => !path.includes(":")))) {
          // Only a local demo has a mail tray.
          if (path === "/api/outbox") continue;
          const answer = await refused(client.request({ method: "PUT", path }), "method_not_allowed");
          const known = all.filter((endpoint) => endpoint.path === path).map(({ method }) => method);
          for (const method of known) assert.ok(String(answer.headers.allow).split(", ").includes(method), path);
        }
      },
    },
    {
      name: "an unknown address of the API is a problem, not a page",
      rows: ["R74"],
      needs: ["pages"],
      async run(env) {
        for (const path of ["/api", "/api/", "/api/nothing", "/api/products/nothing/here", "/API/products/x"]) {
          const { status, headers } = await env.visitor().get(path);
          const type = String(headers["content-type"]);
          if (path.startsWith("/api")) assert.deepEqual([path, status, /problem\+json/.test(type)], [path, 404, true]);
          else assert.deepEqual([path, status, /^text\/html/.test(type)], [path, 200, true]);
        }
      },
    },
    {
      name: "nobody but a local demo has a mail tray",
      rows: ["R81"],
      async run(env) {
        const headers = { Host: "localhost", "X-Forwarded-For": null, "X-Forwarded-Proto": null };
        for (const client of [env.visitor(), env.visitor({ headers })]) {
          await refused(client.get("/api/outbox"), "not_found");
        }
      },
    },
  ],
};

async function expectClosed(client: Client): Promise<void> {
  for (const { method, path } of closed) {
    const answer = await client.request<Problem>({ method, path: pathToNothing(path) });
    assert.equal(`${answer.status} ${answer.json?.code}`, "401 unauthenticated", `${method} ${path}`);
  }
}
