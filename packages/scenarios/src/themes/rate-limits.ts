import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { type Client, race } from "@yumroad/testkit";
import { answered, refused, statuses } from "../expectations.ts";
import { KNOWN_BROWSER_COOKIE, logIn, newcomer, SESSION_COOKIE, tryLogIn, uniqueEmail } from "../people.ts";
import type { Theme } from "../scenario.ts";
import type { TestEnvironment } from "../test-environment.ts";

export const rateLimits: Theme = {
  title: "Limits",
  scenarios: [
    {
      name: "after five wrong passwords the sixth try waits, be it the right one",
      rows: ["R54"],
      seenIn: "accounts.spec.ts › after five wrong passwords the sixth try has to wait",
      async run(env) {
        const person = await newcomer(env);
        const address = randomIpAddress();
        assert.deepEqual(await guess(env, 6, { address, email: person.email }), [401, 401, 401, 401, 401, 429]);
        const { headers } = await refused(tryLogIn(env.visitor({ address }), person), "rate_limited");
        const wait = Number(headers["retry-after"]);
        assert.ok(wait > 13 * 60 && wait <= 15 * 60, `wait ${wait} s`);
        await logIn(env, person);
      },
    },
    {
      name: "an account that does not exist is treated the same",
      rows: ["R54"],
      async run(env) {
        const tried = await guess(env, 6, { address: randomIpAddress(), email: uniqueEmail() });
        assert.deepEqual(tried, [401, 401, 401, 401, 401, 429]);
      },
    },
    {
      name: "after a quarter of an hour the next try is looked at again",
      rows: ["R54"],
      alone: true,
      async run(env) {
        const person = await newcomer(env);
        const address = randomIpAddress();
        await guess(env, 6, { address, email: person.email });
        await env.clock.advance("14m");
        await refused(tryLogIn(env.visitor({ address }), person), "rate_limited");
        await env.clock.advance("1m");
        await logIn(env, person, { client: env.visitor({ address }) });
      },
    },
    {
      name: "all addresses of one IPv6 customer are one",
      rows: ["R54"],
      async run(env) {
        const email = uniqueEmail();
        const customer = `2001:db8:${randomInt(0x1000, 0xffff).toString(16)}:${randomInt(0x1000, 0xffff).toString(16)}`;
        const tried: number[] = [];
        for (const host of ["::1", "::2", "::3:4", ":5:6:7:8", ":ffff::9", "::abcd"]) {
          tried.push(...(await guess(env, 1, { address: customer + host, email })));
        }
        assert.deepEqual(tried, [401, 401, 401, 401, 401, 429]);
      },
    },
    {
      name: "many tries at once get no further than as many in a row",
      rows: ["R54"],
      async run(env) {
        const address = randomIpAddress();
        const account = { email: uniqueEmail(), password: "not this one" };
        const answers = await race(20, () => tryLogIn(env.visitor({ address }), account));
        assert.deepEqual(statuses(answers), { 401: 5, 429: 15 });
      },
    },
    {
      name: "what the proxy in front did not say does not change where a try comes from",
      rows: ["R9", "R54"],
      async run(env) {
        const email = uniqueEmail();
        const address = randomIpAddress();
        const tried: number[] = [];
        for (let round = 0; round < 6; round += 1) {
          // The proxy appends the address it saw; anyone may have written the entries before it.
          const client = env.visitor({ address: `${randomIpAddress()}, ${address}` });
          tried.push((await tryLogIn(client, { email, password: "not this one" })).status);
        }
        assert.deepEqual(tried, [401, 401, 401, 401, 401, 429]);
      },
    },
    {
      name: "a right password resets that account's count for that address, and nothing else",
      rows: ["R55"],
      async run(env) {
        const [mine, yours] = [await newcomer(env), await newcomer(env)];
        const address = randomIpAddress();
        await guess(env, 4, { address, email: mine.email });
        await guess(env, 4, { address, email: yours.email });
        await logIn(env, mine, { client: env.visitor({ address }) });
        assert.deepEqual(await guess(env, 2, { address, email: mine.email }), [401, 401]);
        assert.deepEqual(await guess(env, 2, { address, email: yours.email }), [401, 429]);
      },
    },
    {
      name: "nobody can lock the owner out of a browser in which they have logged in",
      rows: ["R56"],
      async run(env) {
        const address = randomIpAddress();
        const person = await newcomer(env, { client: env.visitor({ address }) });
        await answered(person.client.post("/api/auth/logout"), 204);
        await guess(env, 6, { address, email: person.email });
        await logIn(env, person, { client: person.client });
      },
    },
    {
      name: "an attacker's own account earns nothing for another one",
      rows: ["R56"],
      async run(env) {
        const victim = await newcomer(env);
        const attacker = await newcomer(env);
        const tried: number[] = [];
        for (let round = 0; round < 6; round += 1) {
          await logIn(env, attacker, { client: attacker.client });
          tried.push((await tryLogIn(attacker.client, { email: victim.email, password: `guess ${round}` })).status);
        }
        assert.deepEqual(tried, [401, 401, 401, 401, 401, 429]);
      },
    },
    {
      name: "a known browser has no endless tries either",
      rows: ["R56"],
      async run(env) {
        const person = await newcomer(env);
        const tried: number[] = [];
        for (let round = 0; round < 11; round += 1) {
          tried.push((await tryLogIn(person.client, { ...person, password: `guess ${round}` })).status);
        }
        assert.deepEqual(tried, [...Array(10).fill(401), 429]);
      },
    },
    {
      name: "proving again who one is makes no browser known",
      rows: ["R56"],
      async run(env) {
        const person = await newcomer(env);
        const bare = env.visitor({ address: randomIpAddress() });
        bare.cookies.restore(person.client.cookies.snapshot().filter(({ name }) => name === SESSION_COOKIE));
        await answered(bare.post("/api/account/reauthenticate", { json: { password: person.password } }), 200);
        assert.equal(bare.cookies.get(KNOWN_BROWSER_COOKIE), undefined);
        assert.equal(await triesIn(bare, person), 5);
      },
    },
    {
      name: "after a new password every other browser is a stranger's until it has logged in again",
      rows: ["R56"],
      async run(env) {
        const person = await newcomer(env, { client: env.visitor({ address: randomIpAddress() }) });
        const other = await logIn(env, person, { client: env.visitor({ address: randomIpAddress() }) });
        const password = "quince jelly under the stairs";
        const json = { currentPassword: person.password, password };
        await answered(person.client.post("/api/account/password", { json }), 200);
        assert.equal(await triesIn(person.client, person), 10);
        assert.equal(await triesIn(other, person), 5);
        const client = await logIn(env, { ...person, password });
        assert.equal(await triesIn(client, person), 10);
      },
    },
    {
      name: "forgotten passwords from one address are limited to sixty in an hour, whichever accounts they are for",
      rows: ["R54", "R59"],
      async run(env) {
        const client = env.visitor();
        const ask = () => client.post("/api/auth/forgot-password", { json: { email: uniqueEmail() } });
        for (let round = 0; round < 60; round += 1) await answered(ask(), 202);
        await refused(ask(), "rate_limited");
      },
    },
  ],
};

/** Counts the wrong passwords that are checked in a browser before the limit. */
async function triesIn(client: Client, { email }: { email: string }): Promise<number> {
  for (let tries = 0; tries < 20; tries += 1) {
    const { status } = await tryLogIn(client, { email, password: `guess ${tries}` });
    if (status === 429) return tries;
    assert.equal(status, 401);
  }
  return Number.POSITIVE_INFINITY;
}

async function guess(
  env: TestEnvironment,
  count: number,
  { address, email }: { address: string; email: string },
): Promise<number[]> {
  const tried: number[] = [];
  for (let round = 0; round < count; round += 1) {
    tried.push((await tryLogIn(env.visitor({ address }), { email, password: `guess ${round}` })).status);
  }
  return tried;
}

/** An unused address of the block for documentation (RFC 5737) or a similar block. */
function randomIpAddress(): string {
  return `198.18.${randomInt(256)}.${randomInt(256)}`;
}
