import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { type Client, race } from "@yumroad/testkit";
import { answered, refused, statuses } from "../expectations.ts";
import { DEVICE_COOKIE, logIn, newcomer, SESSION_COOKIE, someAddress, tryLogIn } from "../people.ts";
import type { Theme } from "../scenario.ts";
import type { World } from "../world.ts";

export const throttling: Theme = {
  title: "Limits",
  scenarios: [
    {
      name: "after five wrong passwords the sixth try waits, be it the right one",
      rows: ["R54"],
      seenIn: "accounts.spec.ts › after five wrong passwords the sixth try has to wait",
      async run(world) {
        const person = await newcomer(world);
        const address = somewhere();
        assert.deepEqual(await guess(world, 6, { address, email: person.email }), [401, 401, 401, 401, 401, 429]);
        const { headers } = await refused(tryLogIn(world.visitor({ address }), person), "rate_limited");
        const wait = Number(headers["retry-after"]);
        assert.ok(wait > 13 * 60 && wait <= 15 * 60, `wait ${wait} s`);
        await logIn(world, person);
      },
    },
    {
      name: "an account that does not exist is treated the same",
      rows: ["R54"],
      async run(world) {
        const tried = await guess(world, 6, { address: somewhere(), email: someAddress() });
        assert.deepEqual(tried, [401, 401, 401, 401, 401, 429]);
      },
    },
    {
      name: "after a quarter of an hour the next try is looked at again",
      rows: ["R54"],
      alone: true,
      async run(world) {
        const person = await newcomer(world);
        const address = somewhere();
        await guess(world, 6, { address, email: person.email });
        await world.clock.advance("14m");
        await refused(tryLogIn(world.visitor({ address }), person), "rate_limited");
        await world.clock.advance("1m");
        await logIn(world, person, { client: world.visitor({ address }) });
      },
    },
    {
      name: "all addresses of one IPv6 customer are one",
      rows: ["R54"],
      async run(world) {
        const email = someAddress();
        const customer = `2001:db8:${randomInt(0x1000, 0xffff).toString(16)}:${randomInt(0x1000, 0xffff).toString(16)}`;
        const tried: number[] = [];
        for (const host of ["::1", "::2", "::3:4", ":5:6:7:8", ":ffff::9", "::abcd"]) {
          tried.push(...(await guess(world, 1, { address: customer + host, email })));
        }
        assert.deepEqual(tried, [401, 401, 401, 401, 401, 429]);
      },
    },
    {
      name: "many tries at once get no further than as many in a row",
      rows: ["R54"],
      async run(world) {
        const address = somewhere();
        const account = { email: someAddress(), password: "not this one" };
        const answers = await race(20, () => tryLogIn(world.visitor({ address }), account));
        assert.deepEqual(statuses(answers), { 401: 5, 429: 15 });
      },
    },
    {
      name: "what the proxy in front did not say does not change where a try comes from",
      rows: ["R9", "R54"],
      async run(world) {
        const email = someAddress();
        const address = somewhere();
        const tried: number[] = [];
        for (let round = 0; round < 6; round += 1) {
          // The proxy adds the address it saw at the end; what stands before it anybody may have written.
          const client = world.visitor({ address: `${somewhere()}, ${address}` });
          tried.push((await tryLogIn(client, { email, password: "not this one" })).status);
        }
        assert.deepEqual(tried, [401, 401, 401, 401, 401, 429]);
      },
    },
    {
      name: "a right password resets that account's count for that address, and nothing else",
      rows: ["R55"],
      async run(world) {
        const [mine, yours] = [await newcomer(world), await newcomer(world)];
        const address = somewhere();
        await guess(world, 4, { address, email: mine.email });
        await guess(world, 4, { address, email: yours.email });
        await logIn(world, mine, { client: world.visitor({ address }) });
        assert.deepEqual(await guess(world, 2, { address, email: mine.email }), [401, 401]);
        assert.deepEqual(await guess(world, 2, { address, email: yours.email }), [401, 429]);
      },
    },
    {
      name: "nobody can lock the owner out of a browser in which they have logged in",
      rows: ["R56"],
      async run(world) {
        const address = somewhere();
        const person = await newcomer(world, { client: world.visitor({ address }) });
        await answered(person.client.post("/api/auth/logout"), 204);
        await guess(world, 6, { address, email: person.email });
        await logIn(world, person, { client: person.client });
      },
    },
    {
      name: "an attacker's own account earns nothing for another one",
      rows: ["R56"],
      async run(world) {
        const victim = await newcomer(world);
        const attacker = await newcomer(world);
        const tried: number[] = [];
        for (let round = 0; round < 6; round += 1) {
          await logIn(world, attacker, { client: attacker.client });
          tried.push((await tryLogIn(attacker.client, { email: victim.email, password: `guess ${round}` })).status);
        }
        assert.deepEqual(tried, [401, 401, 401, 401, 401, 429]);
      },
    },
    {
      name: "a known browser has no endless tries either",
      rows: ["R56"],
      async run(world) {
        const person = await newcomer(world);
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
      async run(world) {
        const person = await newcomer(world);
        const bare = world.visitor({ address: somewhere() });
        bare.cookies.restore(person.client.cookies.snapshot().filter(({ name }) => name === SESSION_COOKIE));
        await answered(bare.post("/api/account/reauthenticate", { json: { password: person.password } }), 200);
        assert.equal(bare.cookies.get(DEVICE_COOKIE), undefined);
        assert.equal(await triesIn(bare, person), 5);
      },
    },
    {
      name: "after a new password every other browser is a stranger's until it has logged in again",
      rows: ["R56"],
      async run(world) {
        const person = await newcomer(world, { client: world.visitor({ address: somewhere() }) });
        const other = await logIn(world, person, { client: world.visitor({ address: somewhere() }) });
        const password = "quince jelly under the stairs";
        const json = { currentPassword: person.password, password };
        await answered(person.client.post("/api/account/password", { json }), 200);
        assert.equal(await triesIn(person.client, person), 10);
        assert.equal(await triesIn(other, person), 5);
        const client = await logIn(world, { ...person, password });
        assert.equal(await triesIn(client, person), 10);
      },
    },
    {
      name: "forgotten passwords from one address are limited to sixty in an hour, whichever accounts they are for",
      rows: ["R54", "R59"],
      async run(world) {
        const client = world.visitor();
        const ask = () => client.post("/api/auth/forgot-password", { json: { email: someAddress() } });
        for (let round = 0; round < 60; round += 1) await answered(ask(), 202);
        await refused(ask(), "rate_limited");
      },
    },
  ],
};

/** How many wrong passwords are looked at in a browser. */
async function triesIn(client: Client, { email }: { email: string }): Promise<number> {
  for (let tries = 0; tries < 20; tries += 1) {
    const { status } = await tryLogIn(client, { email, password: `guess ${tries}` });
    if (status === 429) return tries;
    assert.equal(status, 401);
  }
  return Number.POSITIVE_INFINITY;
}

async function guess(
  world: World,
  count: number,
  { address, email }: { address: string; email: string },
): Promise<number[]> {
  const tried: number[] = [];
  for (let round = 0; round < count; round += 1) {
    tried.push((await tryLogIn(world.visitor({ address }), { email, password: `guess ${round}` })).status);
  }
  return tried;
}

/** An address of the block for documents (RFC 5737) and its like, where nobody else is. */
function somewhere(): string {
  return `198.18.${randomInt(256)}.${randomInt(256)}`;
}
