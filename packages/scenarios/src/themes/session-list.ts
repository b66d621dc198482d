import assert from "node:assert/strict";
import type { SessionSummary } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { logInWithPasswordOnly, setUpTotp } from "../authenticator-app.ts";
import { answered, refused } from "../expectations.ts";
import { logIn, newcomer, provenNewcomer, SESSION_COOKIE, sessionCookie, whoIs } from "../people.ts";
import type { Theme } from "../scenario.ts";

const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:146.0) Gecko/20100101 Firefox/146.0";

export const sessionList: Theme = {
  title: "One's own sessions",
  scenarios: [
    {
      name: "the list has each of one's sessions, with its device in words, and says which one this is",
      rows: ["R67"],
      async run(env) {
        const person = await newcomer(env);
        await logIn(env, person, { client: env.visitor({ headers: { "User-Agent": FIREFOX } }) });
        const items = await sessionsOf(person.client);
        assert.deepEqual(
          items.map(({ isCurrent }) => isCurrent),
          [true, false],
        );
        assert.equal(items[1]?.device, "Firefox on Windows");
      },
    },
    {
      name: "the list has nobody else's sessions",
      rows: ["R67"],
      async run(env) {
        const people = [await newcomer(env), await newcomer(env)];
        const lists = await Promise.all(people.map(({ client }) => sessionsOf(client)));
        assert.deepEqual(
          lists.map((items) => items.length),
          [1, 1],
        );
        assert.notEqual(lists[0]?.[0]?.handle, lists[1]?.[0]?.handle);
      },
    },
    {
      name: "a handle of the list opens nothing, and tells nothing of the id",
      rows: ["R7", "R67"],
      async run(env) {
        const { client } = await newcomer(env);
        const [{ handle = "" } = {}] = await sessionsOf(client);
        assert.ok(!sessionCookie(client).value.includes(handle), "the handle is part of the id");
        const thief = env.visitor();
        thief.cookies.set(SESSION_COOKIE, handle);
        assert.equal(await whoIs(thief), null);
      },
    },
    {
      name: "a session that its owner ends from another one is out at its next request",
      rows: ["R68"],
      async run(env) {
        const person = await newcomer(env);
        const lost = await logIn(env, person);
        const other = (await sessionsOf(person.client)).find(({ isCurrent }) => !isCurrent);
        await answered(person.client.delete(`/api/account/sessions/${other?.handle}`), 204);
        await refused(lost.get("/api/account"), "unauthenticated");
        assert.equal((await sessionsOf(person.client)).length, 1);
      },
    },
    {
      name: "ending all others leaves this one, and none of them",
      rows: ["R68"],
      async run(env) {
        const person = await newcomer(env);
        const others = [await logIn(env, person), await logIn(env, person), await logIn(env, person)];
        await answered(person.client.delete("/api/account/sessions"), 204);
        assert.deepEqual(await Promise.all(others.map(whoIs)), [null, null, null]);
        assert.equal(await whoIs(person.client), person.email);
      },
    },
    {
      name: "ending all others ends nobody else's",
      rows: ["R68"],
      async run(env) {
        const person = await newcomer(env);
        const bystander = await newcomer(env);
        await answered(person.client.delete("/api/account/sessions"), 204);
        assert.equal(await whoIs(bystander.client), bystander.email);
      },
    },
    {
      name: "somebody else's session is not there to be ended",
      rows: ["R68", "R74"],
      async run(env) {
        const victim = await newcomer(env);
        const attacker = await newcomer(env);
        const [{ handle = "" } = {}] = await sessionsOf(victim.client);
        await refused(attacker.client.delete(`/api/account/sessions/${handle}`), "not_found");
        assert.equal(await whoIs(victim.client), victim.email);
      },
    },
    {
      name: "ending the session that one is in is a log-out",
      rows: ["R68"],
      async run(env) {
        const { client } = await newcomer(env);
        const [{ handle = "" } = {}] = await sessionsOf(client);
        const { setCookies } = await answered(client.delete(`/api/account/sessions/${handle}`), 204);
        assert.deepEqual(
          setCookies.map(({ name }) => name),
          [SESSION_COOKIE],
        );
        assert.equal(await whoIs(client), null);
      },
    },
    {
      name: "half a log-in is in no list",
      rows: ["R67", "R71"],
      async run(env) {
        const person = await provenNewcomer(env);
        await setUpTotp(env, person);
        await logInWithPasswordOnly(env, person);
        assert.equal((await sessionsOf(person.client)).length, 1);
      },
    },
  ],
};

async function sessionsOf(client: Client): Promise<SessionSummary[]> {
  return (await answered(client.get<{ items: SessionSummary[] }>("/api/account/sessions"), 200)).json.items;
}
