import assert from "node:assert/strict";
import type { Account, SessionState } from "@yumroad/contract";
import type { Client, Duration } from "@yumroad/testkit";
import { answered, refused } from "../expectations.ts";
import { logIn, newcomer, OTHER_PASSWORD, tryLogIn, whoIs } from "../people.ts";
import type { Theme } from "../scenario.ts";
import type { TestEnvironment } from "../test-environment.ts";

export const sessionEnds: Theme = {
  title: "How a session goes on, and ends",
  scenarios: [
    {
      name: "unused for a day a session is over, remembered after fourteen",
      rows: ["R66"],
      alone: true,
      async run(env) {
        await lastsUnused(env, { remember: false, until: "23.9h", more: "12m" });
        await lastsUnused(env, { remember: true, until: "335h", more: "2h" });
      },
    },
    {
      name: "after a week a session is over, however much it was used",
      rows: ["R66"],
      alone: true,
      run: (env) => endsThoughUsed(env, { remember: false, days: 7 }),
    },
    {
      name: "after thirty days a remembered session is over, however much it was used",
      rows: ["R66"],
      alone: true,
      run: (env) => endsThoughUsed(env, { remember: true, days: 30 }),
    },
    {
      name: "use keeps a session alive, and being asked about it passively does not",
      rows: ["R66"],
      alone: true,
      async run(env) {
        const person = await newcomer(env);
        const passive = await logIn(env, person);
        await env.clock.advance("20h");
        await answered(person.client.get("/api/auth/session"), 200);
        await answered(passive.get("/api/auth/session?passive=1"), 200);
        await env.clock.advance("20h");
        assert.equal(await whoIs(person.client), person.email);
        assert.equal(await whoIs(passive), null);
      },
    },
    {
      name: "whoever comes back to a session that is over is told that it ended",
      rows: ["R32", "R66"],
      seenIn: "session-end.spec.ts › after an expiry there is a way back, with a word that the session ended",
      alone: true,
      async run(env) {
        const { client } = await newcomer(env);
        await env.clock.advance("25h");
        const { json } = await answered(client.get<SessionState>("/api/auth/session"), 200);
        assert.deepEqual(json, { user: null, expiresAt: null, ended: true });
        const stranger = await answered(env.visitor().get<SessionState>("/api/auth/session"), 200);
        assert.equal("ended" in stranger.json && stranger.json.ended, false);
      },
    },
    {
      name: "a changed name is in each of a person's sessions at its next request",
      rows: ["R22"],
      async run(env) {
        const person = await newcomer(env, { name: "Before" });
        const other = await logIn(env, person);
        await answered(person.client.patch("/api/account", { json: { name: "After" } }), 200);
        for (const client of [person.client, other]) {
          const { json } = await answered(client.get<SessionState>("/api/auth/session"), 200);
          assert.equal(json.user?.name, "After");
        }
      },
    },
    {
      name: "disabling an account ends each of its sessions at its next request, and nobody else's",
      rows: ["R22"],
      async run(env) {
        const person = await newcomer(env);
        const bystander = await newcomer(env);
        const other = await logIn(env, person);
        await env.operate("disable", person.email);
        for (const client of [person.client, other]) await refused(client.get("/api/account"), "unauthenticated");
        assert.equal(await whoIs(bystander.client), bystander.email);
      },
    },
    {
      name: "an account that is disabled while log-ins to it are under way is left without a session",
      rows: ["R22"],
      async run(env) {
        const person = await newcomer(env);
        const browsers: Client[] = [];
        let isDisabled = false;
        // Three chains of logins, so that some are under way whenever the account is disabled.
        const keepLoggingIn = async () => {
          while (!isDisabled) {
            const client = env.visitor();
            browsers.push(client);
            await tryLogIn(client, person);
          }
        };
        const attempts = [1, 2, 3].map(keepLoggingIn);
        try {
          await env.operate("disable", person.email);
        } finally {
          isDisabled = true;
          await Promise.all(attempts);
        }
        const people = await Promise.all(browsers.map(whoIs));
        assert.deepEqual(new Set(people), new Set([null]));
      },
    },
    {
      name: "the operator ends all sessions of somebody, who can log in again",
      rows: ["R22"],
      async run(env) {
        const person = await newcomer(env);
        await env.operate("end-sessions", person.email);
        assert.equal(await whoIs(person.client), null);
        await logIn(env, person);
      },
    },
    {
      name: "whoever wants the account deleted is out of every browser at once, and keeps it by logging in and saying so",
      rows: ["R22", "R65"],
      seenIn: "mailed-links.spec.ts › whoever wants the account deleted is out at once, and by logging in can keep it",
      async run(env) {
        const person = await newcomer(env);
        const other = await logIn(env, person);
        await answered(person.client.post("/api/account/deletion"), 200);
        for (const client of [person.client, other]) assert.equal(await whoIs(client), null);
        await env.mail.next(person.email, /^Your account will be deleted on/);
        const back = await logIn(env, person);
        const kept = await answered(back.delete<Account>("/api/account/deletion"), 200);
        assert.equal(kept.json.deletionAt, null);
      },
    },
    {
      name: "in a store that lost its sessions nobody is logged in, which is no error, and new sessions begin",
      rows: ["R76"],
      alone: true,
      async run(env) {
        const person = await newcomer(env);
        await env.loseSessions();
        const { json } = await answered(person.client.get<SessionState>("/api/auth/session"), 200);
        assert.deepEqual(json, { user: null, expiresAt: null, ended: true });
        await refused(person.client.get("/api/account"), "unauthenticated");
        await logIn(env, person, { client: person.client });
      },
    },
    {
      name: "a new password takes effect on every other session of that person, and on nobody else's",
      rows: ["R22", "R53"],
      async run(env) {
        const person = await newcomer(env);
        const bystander = await newcomer(env);
        const other = await logIn(env, person);
        const json = { currentPassword: person.password, password: OTHER_PASSWORD };
        await answered(person.client.post("/api/account/password", { json }), 200);
        assert.deepEqual(await Promise.all([other, bystander.client].map(whoIs)), [null, bystander.email]);
      },
    },
  ],
};

async function lastsUnused(
  env: TestEnvironment,
  { remember, until, more }: { remember: boolean; until: Duration; more: Duration },
): Promise<void> {
  const person = await newcomer(env);
  const client = await logIn(env, person, { remember });
  await env.clock.advance(until);
  assert.equal(await whoIs(client), person.email, `over before ${until}`);
  await env.clock.advance(more);
  assert.equal(await whoIs(client), null, `still there ${more} after ${until}`);
  // The cookie must not be missing because the browser deleted it.
  assert.ok(client.cookies.all().some(({ name }) => name === "__Host-yumroad"));
}

async function endsThoughUsed(
  env: TestEnvironment,
  { remember, days }: { remember: boolean; days: number },
): Promise<void> {
  const person = await newcomer(env);
  const client = await logIn(env, person, { remember });
  // Sends the bare value, so that the shop has to refuse it and not the browser.
  const value = client.cookies.get("__Host-yumroad")?.value ?? "";
  client.cookies.set("__Host-yumroad", value, { endsAt: null });
  for (let day = 0.5; day < days; day += 0.5) {
    await env.clock.advance("12h");
    await answered(client.get("/api/auth/session"), 200);
    assert.equal(await whoIs(client), person.email, `over after ${day} days`);
  }
  await env.clock.advance("12h");
  assert.equal(await whoIs(client), null, `still there after ${days} days`);
}
