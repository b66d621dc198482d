import assert from "node:assert/strict";
import type { SessionState } from "@yumroad/contract";
import { type Client, median, race } from "@yumroad/testkit";
import { answered, refused, statuses } from "../expectations.ts";
import { areInvalid, linkIn, logIn, newcomer, OTHER_PASSWORD, tryLogIn, uniqueEmail, whoIs } from "../people.ts";
import type { Theme } from "../scenario.ts";
import type { TestEnvironment } from "../test-environment.ts";

export const logins: Theme = {
  title: "Log-in",
  scenarios: [
    {
      name: "an unknown address, a wrong password and a disabled account are refused with the same bytes",
      rows: ["R11"],
      seenIn: "accounts.spec.ts › an unknown address and a wrong password are refused with the same words",
      async run(env) {
        const person = await newcomer(env);
        const disabled = await newcomer(env);
        await env.operate("disable", disabled.email);
        const answers = [
          await refused(tryLogIn(env.visitor(), { ...person, email: uniqueEmail() }), "invalid_credentials"),
          await refused(tryLogIn(env.visitor(), { ...person, password: "not this one" }), "invalid_credentials"),
          await refused(tryLogIn(env.visitor(), disabled), "invalid_credentials"),
        ];
        const seen = answers.map(({ text, json, headers }) => {
          const { date: _, "x-request-id": __, ...rest } = headers;
          return { text: text.replace(json.requestId, ""), headers: rest };
        });
        assert.deepEqual(seen[1], seen[0]);
        assert.deepEqual(seen[2], seen[0]);
      },
    },
    {
      name: "an unknown address costs as much time as a wrong password",
      rows: ["R12"],
      alone: true,
      async run(env) {
        const { email } = await newcomer(env);
        const ratios: number[] = [];
        // Three attempts, so that a machine that is busy for a moment does not decide.
        for (let look = 0; look < 3; look += 1) {
          const known: number[] = [];
          const unknown: number[] = [];
          for (let round = 0; round < 5; round += 1) {
            known.push(await timeOf(env, email));
            unknown.push(await timeOf(env, uniqueEmail()));
          }
          const ratio = median(unknown) / median(known);
          if (ratio > 0.5 && ratio < 2) return;
          ratios.push(ratio);
        }
        assert.fail(`it takes ${ratios.map((ratio) => ratio.toFixed(2)).join(", ")} times as long`);
      },
    },
    {
      name: "a password is right only exactly as it was chosen, to the last character",
      rows: ["R46"],
      async run(env) {
        const password = `${"seventeen swans ".repeat(5)}at dusk`;
        const { email } = await newcomer(env, { password });
        for (const wrong of [`${password} `, password.toUpperCase(), `${password.slice(0, 73)}?`, `${password}\0x`]) {
          await refused(tryLogIn(env.visitor(), { email, password: wrong }), "invalid_credentials");
        }
      },
    },
    {
      name: "a password is the same however a keyboard puts its letters together",
      rows: ["R46"],
      async run(env) {
        const person = await newcomer(env, { password: "café crème brûlée" });
        await logIn(env, { ...person, password: person.password.normalize("NFD") });
      },
    },
    {
      name: "an address is the same in whatever case it is written",
      rows: ["R51"],
      async run(env) {
        const { email, password } = await newcomer(env);
        const client = env.visitor();
        await answered(tryLogIn(client, { email: ` ${email.toUpperCase()}`, password }), 200);
        assert.equal(await whoIs(client), email);
      },
    },
    {
      name: "no password and one that is over-long are no tries",
      rows: ["R45"],
      async run(env) {
        for (const password of ["", "x".repeat(129)]) {
          await refused(tryLogIn(env.visitor(), { email: uniqueEmail(), password }), "invalid_input");
        }
      },
    },
    {
      name: "logging in over somebody else's session ends it, and nothing of it is carried over",
      rows: ["R19"],
      async run(env) {
        const first = await newcomer(env, { name: "First Person" });
        const second = await newcomer(env, { name: "Second Person" });
        const before = first.client.cookies.snapshot();
        await logIn(env, second, { client: first.client });
        const { text } = await answered(first.client.get("/api/account"), 200);
        assert.ok(!text.includes("First Person"));
        assert.ok(await areInvalid(env, before), "the first session is alive");
      },
    },
    {
      name: "a log-in that is refused leaves the session that was there alone",
      rows: ["R3", "R19"],
      async run(env) {
        const { client, email } = await newcomer(env);
        await refused(tryLogIn(client, { email, password: "not this one" }), "invalid_credentials");
        assert.equal(await whoIs(client), email);
      },
    },
    {
      name: "several log-ins of one person at once are so many sessions, each with its own id",
      rows: ["R21"],
      async run(env) {
        const person = await newcomer(env);
        const browsers = [1, 2, 3, 4].map(() => env.visitor());
        const answers = await race(4, (index) => tryLogIn(browsers[index] ?? env.visitor(), person));
        assert.deepEqual(statuses(answers), { 200: 4 });
        for (const browser of browsers) assert.equal(await whoIs(browser), person.email);
        assert.equal(new Set(browsers.map((browser) => JSON.stringify(browser.cookies.snapshot()))).size, 4);
      },
    },
    {
      name: "a log-in from a browser that is new to the account is told by mail; from a known one it is not",
      rows: ["R79"],
      async run(env) {
        const person = await newcomer(env);
        const client = await logIn(env, person);
        await env.mail.next(person.email, /^New log-in/);
        await logIn(env, person, { client });
        await logIn(env, person, { client: person.client });
        assert.deepEqual(await env.mail.left(person.email, /^New log-in/), []);
      },
    },
    {
      name: "“this wasn’t me” ends all sessions, and leads to a new password",
      rows: ["R79"],
      alone: true,
      async run(env) {
        const person = await newcomer(env);
        const stranger = await logIn(env, person);
        const { token } = linkIn(await env.mail.next(person.email, /^New log-in/));
        const denied = await answered(
          env.visitor().post<{ resetToken: string }>("/api/auth/not-me", { json: { token } }),
          200,
        );
        assert.deepEqual(await Promise.all([stranger, person.client].map(whoIs)), [null, null]);
        const json = { token: denied.json.resetToken, password: OTHER_PASSWORD };
        await answered(env.visitor().post("/api/auth/reset-password", { json }), 200);
        await logIn(env, { email: person.email, password: OTHER_PASSWORD });
      },
    },
    {
      name: "somebody disabled is let in again once the operator says so",
      rows: ["R22"],
      async run(env) {
        const person = await newcomer(env);
        await env.operate("disable", person.email);
        await refused(tryLogIn(env.visitor(), person), "invalid_credentials");
        await env.operate("enable", person.email);
        await logIn(env, person);
      },
    },
    {
      name: "there is no account that everybody knows",
      rows: ["R81"],
      async run(env) {
        const known = [
          { email: "demo@yumroad.example", password: "demo" },
          { email: "admin@yumroad.example", password: "admin" },
          { email: "test@example.com", password: "test" },
        ];
        for (const one of known) await refused(tryLogIn(env.visitor(), one), "invalid_credentials");
        assert.ok(!env.log().includes("demoLogin"));
      },
    },
  ],
};

/** Each attempt has its own IP address, so that no limit is reached. */
async function timeOf(env: TestEnvironment, email: string): Promise<number> {
  const client: Client = env.visitor();
  const startedAt = performance.now();
  await client.post<SessionState>("/api/auth/login", { json: { email, password: "not the password" } });
  return performance.now() - startedAt;
}
