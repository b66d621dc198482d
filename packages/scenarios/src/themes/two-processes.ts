import assert from "node:assert/strict";
import type { SessionState, SessionSummary } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { logInWithPasswordOnly, setUpTotp } from "../authenticator-app.ts";
import { answered, refused } from "../expectations.ts";
import {
  logIn,
  newcomer,
  OTHER_PASSWORD,
  passwordResetLink,
  provenNewcomer,
  tryLogIn,
  uniqueEmail,
  whoIs,
} from "../people.ts";
import type { Theme } from "../scenario.ts";
import type { TestEnvironment } from "../test-environment.ts";

const needs = ["redis"] as const;

export const twoProcesses: Theme = {
  title: "Two processes as one",
  scenarios: [
    {
      name: "a log-in on one process holds on the other, and a log-out there ends it on both",
      rows: ["R77"],
      needs,
      async run(env) {
        const { client, email } = await newcomer(env);
        const there = onTheOther(env, client);
        assert.equal(await whoIs(there), email);
        await answered(there.post("/api/auth/logout"), 204);
        assert.equal(await whoIs(client), null);
      },
    },
    {
      name: "wrong passwords on both processes count together",
      rows: ["R77"],
      needs,
      async run(env) {
        const account = { email: uniqueEmail(), password: "not this one" };
        const address = "198.51.100.77";
        const tried: number[] = [];
        for (let round = 0; round < 6; round += 1) {
          const client = env.visitor({ address, process: round % 2 === 0 ? "first" : "second" });
          tried.push((await tryLogIn(client, account)).status);
        }
        assert.deepEqual(tried, [401, 401, 401, 401, 401, 429]);
      },
    },
    {
      name: "what is changed about a person on one process is known on the other at once",
      rows: ["R22", "R77"],
      needs,
      async run(env) {
        const { client } = await newcomer(env, { name: "Before" });
        const there = onTheOther(env, client);
        await answered(there.patch("/api/account", { json: { name: "After" } }), 200);
        const { json } = await answered(client.get<SessionState>("/api/auth/session"), 200);
        assert.equal(json.user?.name, "After");
      },
    },
    {
      name: "a code that was used on one process is used on the other",
      rows: ["R70", "R77"],
      needs,
      async run(env) {
        const person = await provenNewcomer(env);
        const { phone } = await setUpTotp(env, person);
        const code = phone.code(1);
        const here = await logInWithPasswordOnly(env, person);
        const there = await logInWithPasswordOnly(env, person, { client: env.visitor({ process: "second" }) });
        await answered(here.post("/api/auth/second-factor", { json: { code } }), 200);
        await refused(there.post("/api/auth/second-factor", { json: { code } }), "invalid_code");
      },
    },
    {
      name: "a link that was used on one process is used on the other",
      rows: ["R60", "R77"],
      needs,
      async run(env) {
        const { email } = await newcomer(env);
        const { token } = await passwordResetLink(env, email);
        const json = { token, password: OTHER_PASSWORD };
        await answered(env.visitor().post("/api/auth/reset-password", { json }), 200);
        await refused(env.visitor({ process: "second" }).post("/api/auth/reset-password", { json }), "link_invalid");
      },
    },
    {
      name: "sessions begun on both are in one list, and are ended from either",
      rows: ["R68", "R77"],
      needs,
      async run(env) {
        const person = await newcomer(env);
        const there = await logIn(env, person, { client: env.visitor({ process: "second" }) });
        const { items } = (await answered(there.get<{ items: SessionSummary[] }>("/api/account/sessions"), 200)).json;
        assert.equal(items.length, 2);
        await answered(there.delete("/api/account/sessions"), 204);
        assert.equal(await whoIs(person.client), null);
        assert.equal(await whoIs(there), person.email);
      },
    },
  ],
};

/** The same browser; the other process answers its next request. */
function onTheOther(env: TestEnvironment, client: Client): Client {
  const there = env.visitor({ process: "second" });
  there.cookies.restore(client.cookies.snapshot());
  return there;
}
