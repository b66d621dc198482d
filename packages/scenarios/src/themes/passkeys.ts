import assert from "node:assert/strict";
import type { LiveSession, Passkey, PasskeyAssertion } from "@yumroad/contract";
import { type Client, race } from "@yumroad/testkit";
import { setUpTotp } from "../authenticator-app.ts";
import { answered, refused, statuses } from "../expectations.ts";
import { addPasskey, createPasskeyDevice, loginOptions } from "../passkey-device.ts";
import { areDead, provenNewcomer, sessionCookie, whoIs } from "../people.ts";
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
        "account.spec.ts › a lost password, a passkey, a second factor, another laptop, and all data to take along",
      async run(world) {
        const person = await provenNewcomer(world);
        const { device } = await addPasskey(person);
        const client = world.visitor();
        await answered(use(client, device.get(await loginOptions(world))), 200);
        assert.equal(await whoIs(client), person.email);
        assert.ok(sessionCookie(client).httpOnly);
      },
    },
    {
      name: "a passkey is two factors in one: it asks for no code",
      rows: ["R72"],
      async run(world) {
        const person = await provenNewcomer(world);
        const { device } = await addPasskey(person);
        await setUpTotp(world, person);
        const client = world.visitor();
        await answered(use(client, device.get(await loginOptions(world))), 200);
        assert.equal(await whoIs(client), person.email);
      },
    },
    {
      name: "an answer of a passkey is good once, and once when it is sent many times at once",
      rows: ["R72"],
      async run(world) {
        const { device } = await addPasskey(await provenNewcomer(world));
        // A counter that stays at nought is what many devices have: only the challenge tells.
        const once = device.get(await loginOptions(world), { counter: 0 });
        await answered(use(world.visitor(), once), 200);
        await refused(use(world.visitor(), once), "invalid_passkey");
        const raced = device.get(await loginOptions(world), { counter: 0 });
        assert.deepEqual(statuses(await race(8, () => use(world.visitor(), raced))), { 200: 1, 401: 7 });
      },
    },
    {
      name: "after five minutes a challenge is over",
      rows: ["R72"],
      alone: true,
      async run(world) {
        const { device } = await addPasskey(await provenNewcomer(world));
        const options = await loginOptions(world);
        await world.clock.advance("5m");
        await refused(use(world.visitor(), device.get(options)), "invalid_passkey");
      },
    },
    {
      name: "an answer that was made for another site is refused",
      rows: ["R72"],
      async run(world) {
        const { device } = await addPasskey(await provenNewcomer(world));
        for (const odd of [{ origin: "https://evil.example" }, { rpId: "evil.example" }, { isVerified: false }]) {
          await refused(use(world.visitor(), device.get(await loginOptions(world), odd)), "invalid_passkey");
        }
      },
    },
    {
      name: "a challenge that nobody gave out is refused, and one for making a passkey logs nobody in",
      rows: ["R72"],
      async run(world) {
        const { client, ...person } = await provenNewcomer(world);
        const { device } = await addPasskey({ client });
        const forMaking = (await answered(client.post<{ challenge: string }>("/api/account/passkey-options"), 200))
          .json;
        await refused(use(world.visitor(), device.get(forMaking)), "invalid_passkey");
        const madeUp = { challenge: Buffer.alloc(54, 7).toString("base64url") };
        await refused(use(world.visitor(), device.get(madeUp)), "invalid_passkey");
        assert.equal(await whoIs(client), person.email);
      },
    },
    {
      name: "a passkey answers for its own account alone",
      rows: ["R72"],
      async run(world) {
        const victim = await provenNewcomer(world);
        const { device } = await addPasskey(await provenNewcomer(world));
        const userHandle = Buffer.from(victim.user.id).toString("base64url");
        await refused(use(world.visitor(), device.get(await loginOptions(world), { userHandle })), "invalid_passkey");
        const passkey = device.get(await loginOptions(world));
        await refused(
          victim.client.post("/api/account/reauthenticate/passkey", { json: { passkey } }),
          "invalid_passkey",
        );
      },
    },
    {
      name: "a counter that has not grown is refused: there may be a copy",
      rows: ["R72"],
      async run(world) {
        const { device } = await addPasskey(await provenNewcomer(world));
        await answered(use(world.visitor(), device.get(await loginOptions(world), { counter: 9 })), 200);
        await refused(use(world.visitor(), device.get(await loginOptions(world), { counter: 9 })), "invalid_passkey");
        await answered(use(world.visitor(), device.get(await loginOptions(world), { counter: 10 })), 200);
      },
    },
    {
      name: "adding and removing a passkey give the session a new id, and a removed one logs nobody in",
      rows: ["R4", "R72"],
      async run(world) {
        const { client } = await provenNewcomer(world);
        const beforeAdding = client.cookies.snapshot();
        const { device, passkey } = await addPasskey({ client });
        assert.ok(await areDead(world, beforeAdding), "the id from before adding is alive");
        const beforeRemoving = client.cookies.snapshot();
        await answered(client.delete(`/api/account/passkeys/${passkey.handle}`), 204);
        assert.ok(await areDead(world, beforeRemoving), "the id from before removing is alive");
        await refused(use(world.visitor(), device.get(await loginOptions(world))), "invalid_passkey");
      },
    },
    {
      name: "somebody else's passkey is not there to be removed",
      rows: ["R72", "R74"],
      async run(world) {
        const owner = await provenNewcomer(world);
        const attacker = await provenNewcomer(world);
        const { passkey, device } = await addPasskey(owner);
        await refused(attacker.client.delete(`/api/account/passkeys/${passkey.handle}`), "not_found");
        const { items } = (await answered(attacker.client.get<{ items: Passkey[] }>("/api/account/passkeys"), 200))
          .json;
        assert.deepEqual(items, []);
        await answered(use(world.visitor(), device.get(await loginOptions(world))), 200);
      },
    },
    {
      name: "a passkey of somebody disabled logs nobody in, with the same words as an unknown one",
      rows: ["R11", "R72"],
      async run(world) {
        const person = await provenNewcomer(world);
        const { device } = await addPasskey(person);
        await world.operate("disable", person.email);
        const disabled = await refused(use(world.visitor(), device.get(await loginOptions(world))), "invalid_passkey");
        const stranger = createPasskeyDevice();
        stranger.create({ challenge: "AAAA", user: { id: "AAAA" } });
        const unknown = await refused(use(world.visitor(), stranger.get(await loginOptions(world))), "invalid_passkey");
        const { requestId: _, ...words } = disabled.json;
        const { requestId: __, ...others } = unknown.json;
        assert.deepEqual(words, others);
      },
    },
  ],
};
