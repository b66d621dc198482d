import assert from "node:assert/strict";
import type { LiveSession, Passkey, PasskeyAssertion } from "@yumroad/contract";
import { type Client, race } from "@yumroad/testkit";
import { setUpTotp } from "../authenticator-app.ts";
import { answered, refused, statuses } from "../expectations.ts";
import { addPasskey, createPasskeyDevice, loginOptions } from "../passkey-device.ts";
import { areInvalid, provenNewcomer, sessionCookie, whoIs } from "../people.ts";
import type { Theme } from "../scenario.ts";

const use = (client: Client, passkey: PasskeyAssertion) =>
  client.post<LiveSession>("/api/auth/passkey", { json: { passkey } });

export const passkeys: Theme = {
  title: "Passkeys",
  scenarios: [
    {
      name: "a passkey logs in without a word of an address or a password",
      rows: ["R72"],
      seenIn:
        "account.spec.ts › R24, R65, R67, R68, R70: a lost password, a passkey, a second factor, another laptop, and all data to take along",
      async run(env) {
        const person = await provenNewcomer(env);
        const { device } = await addPasskey(person);
        const client = env.visitor();
        await answered(use(client, device.get(await loginOptions(env))), 200);
        assert.equal(await whoIs(client), person.email);
        assert.ok(sessionCookie(client).httpOnly);
      },
    },
    {
      name: "a passkey is two factors in one: it asks for no code",
      rows: ["R72"],
      async run(env) {
        const person = await provenNewcomer(env);
        const { device } = await addPasskey(person);
        await setUpTotp(env, person);
        const client = env.visitor();
        await answered(use(client, device.get(await loginOptions(env))), 200);
        assert.equal(await whoIs(client), person.email);
      },
    },
    {
      name: "an answer of a passkey is good once, and once when it is sent many times at once",
      rows: ["R72"],
      async run(env) {
        const { device } = await addPasskey(await provenNewcomer(env));
        // Many devices keep the counter at zero, so only the challenge reveals a replay.
        const once = device.get(await loginOptions(env), { counter: 0 });
        await answered(use(env.visitor(), once), 200);
        await refused(use(env.visitor(), once), "invalid_passkey");
        const raced = device.get(await loginOptions(env), { counter: 0 });
        assert.deepEqual(statuses(await race(8, () => use(env.visitor(), raced))), { 200: 1, 401: 7 });
      },
    },
    {
      name: "after five minutes a challenge is over",
      rows: ["R72"],
      alone: true,
      async run(env) {
        const { device } = await addPasskey(await provenNewcomer(env));
        const options = await loginOptions(env);
        await env.clock.advance("5m");
        await refused(use(env.visitor(), device.get(options)), "invalid_passkey");
      },
    },
    {
      name: "an answer that was made for another site is refused",
      rows: ["R72"],
      async run(env) {
        const { device } = await addPasskey(await provenNewcomer(env));
        for (const odd of [{ origin: "https://evil.example" }, { rpId: "evil.example" }, { isVerified: false }]) {
          await refused(use(env.visitor(), device.get(await loginOptions(env), odd)), "invalid_passkey");
        }
      },
    },
    {
      name: "a challenge that nobody gave out is refused, and one for making a passkey logs nobody in",
      rows: ["R72"],
      async run(env) {
        const { client, ...person } = await provenNewcomer(env);
        const { device } = await addPasskey({ client });
        const forMaking = (await answered(client.post<{ challenge: string }>("/api/account/passkey-options"), 200))
          .json;
        await refused(use(env.visitor(), device.get(forMaking)), "invalid_passkey");
        const madeUp = { challenge: Buffer.alloc(54, 7).toString("base64url") };
        await refused(use(env.visitor(), device.get(madeUp)), "invalid_passkey");
        assert.equal(await whoIs(client), person.email);
      },
    },
    {
      name: "a passkey answers for its own account alone",
      rows: ["R72"],
      async run(env) {
        const victim = await provenNewcomer(env);
        const { device } = await addPasskey(await provenNewcomer(env));
        const userHandle = Buffer.from(victim.user.id).toString("base64url");
        await refused(use(env.visitor(), device.get(await loginOptions(env), { userHandle })), "invalid_passkey");
        const passkey = device.get(await loginOptions(env));
        await refused(
          victim.client.post("/api/account/reauthenticate/passkey", { json: { passkey } }),
          "invalid_passkey",
        );
      },
    },
    {
      name: "a counter that has not grown is refused: there may be a copy",
      rows: ["R72"],
      async run(env) {
        const { device } = await addPasskey(await provenNewcomer(env));
        await answered(use(env.visitor(), device.get(await loginOptions(env), { counter: 9 })), 200);
        await refused(use(env.visitor(), device.get(await loginOptions(env), { counter: 9 })), "invalid_passkey");
        await answered(use(env.visitor(), device.get(await loginOptions(env), { counter: 10 })), 200);
      },
    },
    {
      name: "adding and removing a passkey give the session a new id, and a removed one logs nobody in",
      rows: ["R4", "R72"],
      async run(env) {
        const { client } = await provenNewcomer(env);
        const beforeAdding = client.cookies.snapshot();
        const { device, passkey } = await addPasskey({ client });
        assert.ok(await areInvalid(env, beforeAdding), "the id from before adding is alive");
        const beforeRemoving = client.cookies.snapshot();
        await answered(client.delete(`/api/account/passkeys/${passkey.handle}`), 204);
        assert.ok(await areInvalid(env, beforeRemoving), "the id from before removing is alive");
        await refused(use(env.visitor(), device.get(await loginOptions(env))), "invalid_passkey");
      },
    },
    {
      name: "somebody else's passkey is not there to be removed",
      rows: ["R72", "R74"],
      async run(env) {
        const owner = await provenNewcomer(env);
        const attacker = await provenNewcomer(env);
        const { passkey, device } = await addPasskey(owner);
        await refused(attacker.client.delete(`/api/account/passkeys/${passkey.handle}`), "not_found");
        const { items } = (await answered(attacker.client.get<{ items: Passkey[] }>("/api/account/passkeys"), 200))
          .json;
        assert.deepEqual(items, []);
        await answered(use(env.visitor(), device.get(await loginOptions(env))), 200);
      },
    },
    {
      name: "a passkey of somebody disabled logs nobody in, with the same words as an unknown one",
      rows: ["R11", "R72"],
      async run(env) {
        const person = await provenNewcomer(env);
        const { device } = await addPasskey(person);
        await env.operate("disable", person.email);
        const disabled = await refused(use(env.visitor(), device.get(await loginOptions(env))), "invalid_passkey");
        const stranger = createPasskeyDevice();
        stranger.create({ challenge: "AAAA", user: { id: "AAAA" } });
        const unknown = await refused(use(env.visitor(), stranger.get(await loginOptions(env))), "invalid_passkey");
        const { requestId: _, ...words } = disabled.json;
        const { requestId: __, ...others } = unknown.json;
        assert.deepEqual(words, others);
      },
    },
  ],
};
