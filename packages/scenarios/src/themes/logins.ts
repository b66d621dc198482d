import assert from "node:assert/strict";
import type { SessionState } from "@yumroad/contract";
import { type Client, median, race } from "@yumroad/testkit";
import { answered, refused, statuses } from "../expectations.ts";
import { areDead, linkIn, logIn, newcomer, OTHER_PASSWORD, someAddress, tryLogIn, whoIs } from "../people.ts";
import type { Theme } from "../scenario.ts";
import type { World } from "../world.ts";

export const logIns: Theme = {
  title: "Log-in",
  scenarios: [
    {
      name: "an unknown address, a wrong password and a disabled account are refused with the same bytes",
      rows: ["R11"],
      seenIn: "accounts.spec.ts › an unknown address and a wrong password are refused with the same words",
      async run(world) {
        const person = await newcomer(world);
        const disabled = await newcomer(world);
        await world.operate("disable", disabled.email);
        const answers = [
          await refused(tryLogIn(world.visitor(), { ...person, email: someAddress() }), "invalid_credentials"),
          await refused(tryLogIn(world.visitor(), { ...person, password: "not this one" }), "invalid_credentials"),
          await refused(tryLogIn(world.visitor(), disabled), "invalid_credentials"),
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
      async run(world) {
        const { email } = await newcomer(world);
        const ratios: number[] = [];
        // Three looks: a machine that is busy with something else at that moment must not decide.
        for (let look = 0; look < 3; look += 1) {
          const known: number[] = [];
          const unknown: number[] = [];
          for (let round = 0; round < 5; round += 1) {
            known.push(await timeOf(world, email));
            unknown.push(await timeOf(world, someAddress()));
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
      async run(world) {
        const password = `${"seventeen swans ".repeat(5)}at dusk`;
        const { email } = await newcomer(world, { password });
        for (const wrong of [`${password} `, password.toUpperCase(), `${password.slice(0, 73)}?`, `${password}\0x`]) {
          await refused(tryLogIn(world.visitor(), { email, password: wrong }), "invalid_credentials");
        }
      },
    },
    {
      name: "a password is the same however a keyboard puts its letters together",
      rows: ["R46"],
      async run(world) {
        const person = await newcomer(world, { password: "café crème brûlée" });
        await logIn(world, { ...person, password: person.password.normalize("NFD") });
      },
    },
    {
      name: "an address is the same in whatever case it is written",
      rows: ["R51"],
      async run(world) {
        const { email, password } = await newcomer(world);
        const client = world.visitor();
        await answered(tryLogIn(client, { email: ` ${email.toUpperCase()}`, password }), 200);
        assert.equal(await whoIs(client), email);
      },
    },
    {
      name: "no password and one that is over-long are no tries",
      rows: ["R45"],
      async run(world) {
        for (const password of ["", "x".repeat(129)]) {
          await refused(tryLogIn(world.visitor(), { email: someAddress(), password }), "invalid_input");
        }
      },
    },
    {
      name: "logging in over somebody else's session ends it, and nothing of it is carried over",
      rows: ["R19"],
      async run(world) {
        const first = await newcomer(world, { name: "First Person" });
        const second = await newcomer(world, { name: "Second Person" });
        const before = first.client.cookies.snapshot();
        await logIn(world, second, { client: first.client });
        const { text } = await answered(first.client.get("/api/account"), 200);
        assert.ok(!text.includes("First Person"));
        assert.ok(await areDead(world, before), "the first session is alive");
      },
    },
    {
      name: "a log-in that is refused leaves the session that was there alone",
      rows: ["R3", "R19"],
      async run(world) {
        const { client, email } = await newcomer(world);
        await refused(tryLogIn(client, { email, password: "not this one" }), "invalid_credentials");
        assert.equal(await whoIs(client), email);
      },
    },
    {
      name: "several log-ins of one person at once are so many sessions, each with its own id",
      rows: ["R21"],
      async run(world) {
        const person = await newcomer(world);
        const browsers = [1, 2, 3, 4].map(() => world.visitor());
        const answers = await race(4, (index) => tryLogIn(browsers[index] ?? world.visitor(), person));
        assert.deepEqual(statuses(answers), { 200: 4 });
        for (const browser of browsers) assert.equal(await whoIs(browser), person.email);
        assert.equal(new Set(browsers.map((browser) => JSON.stringify(browser.cookies.snapshot()))).size, 4);
      },
    },
    {
      name: "a log-in from a browser that is new to the account is told by mail; from a known one it is not",
      rows: ["R79"],
      async run(world) {
        const person = await newcomer(world);
        const client = await logIn(world, person);
        await world.mail.next(person.email, /^New log-in/);
        await logIn(world, person, { client });
        await logIn(world, person, { client: person.client });
        assert.deepEqual(await world.mail.left(person.email, /^New log-in/), []);
      },
    },
    {
      name: "“this wasn’t me” ends all sessions, and leads to a new password",
      rows: ["R79"],
      alone: true,
      async run(world) {
        const person = await newcomer(world);
        const stranger = await logIn(world, person);
        const { token } = linkIn(await world.mail.next(person.email, /^New log-in/));
        const denied = await answered(
          world.visitor().post<{ resetToken: string }>("/api/auth/not-me", { json: { token } }),
          200,
        );
        assert.deepEqual(await Promise.all([stranger, person.client].map(whoIs)), [null, null]);
        const json = { token: denied.json.resetToken, password: OTHER_PASSWORD };
        await answered(world.visitor().post("/api/auth/reset-password", { json }), 200);
        await logIn(world, { email: person.email, password: OTHER_PASSWORD });
      },
    },
    {
      name: "somebody disabled is let in again once the operator says so",
      rows: ["R22"],
      async run(world) {
        const person = await newcomer(world);
        await world.operate("disable", person.email);
        await refused(tryLogIn(world.visitor(), person), "invalid_credentials");
        await world.operate("enable", person.email);
        await logIn(world, person);
      },
    },
    {
      name: "there is no account that everybody knows",
      rows: ["R81"],
      async run(world) {
        const known = [
          { email: "demo@yumroad.example", password: "demo" },
          { email: "admin@yumroad.example", password: "admin" },
          { email: "test@example.com", password: "test" },
        ];
        for (const one of known) await refused(tryLogIn(world.visitor(), one), "invalid_credentials");
        assert.ok(!world.log().includes("demoLogin"));
      },
    },
  ],
};

/** From an address of its own, so that no limit is met. */
async function timeOf(world: World, email: string): Promise<number> {
  const client: Client = world.visitor();
  const startedAt = performance.now();
  await client.post<SessionState>("/api/auth/login", { json: { email, password: "not the password" } });
  return performance.now() - startedAt;
}
