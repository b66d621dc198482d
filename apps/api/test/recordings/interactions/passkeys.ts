import type { EndpointName, PasskeyAssertion, PasskeyAttestation } from "@yumroad/contract";
import {
  addPasskey,
  createPasskeyDevice,
  loginOptions,
  type Oddities,
  type PasskeyDevice,
} from "../../passkey-device.ts";
import type { Person } from "../../test-app.ts";
import type { Fixtures } from "../fixtures.ts";
import { type Interactions, untilLimited } from "../interaction.ts";

type CreationOptions = Parameters<PasskeyDevice["create"]>[0];

/** A user with a passkey. */
async function withPasskey({ verifiedUser }: Fixtures) {
  const person = await verifiedUser();
  return { ...person, ...(await addPasskey(person)) };
}

/** The device's assertion for a login. */
async function assertionOf({ app }: Fixtures, { device }: { device: PasskeyDevice }): Promise<PasskeyAssertion> {
  return device.get(await loginOptions(app));
}

async function attestationFor({ client }: Pick<Person, "client">, oddities?: Oddities): Promise<PasskeyAttestation> {
  const { json } = await client.post<CreationOptions>("/api/account/passkey-options");
  return createPasskeyDevice().create(json, oddities);
}

/** A passkey without an account. */
async function unknownPasskey({ app }: Fixtures): Promise<PasskeyAssertion> {
  const device = createPasskeyDevice();
  device.create({ challenge: "none", user: { id: "nobody" } });
  return device.get(await loginOptions(app));
}

export const passkeyInteractions = {
  "passkeys.loginOptions": {
    success: (fixtures, ask) => ask(fixtures.visitor()),
    rate_limited: (fixtures, ask) => untilLimited(() => ask(fixtures.visitor(fixtures.exhausted))),
  },

  "passkeys.login": {
    success: async (fixtures, ask) =>
      ask(fixtures.visitor(), { json: { passkey: await assertionOf(fixtures, await withPasskey(fixtures)) } }),
    invalid_passkey: async (fixtures, ask) =>
      ask(fixtures.visitor(), { json: { passkey: await unknownPasskey(fixtures) } }),
    rate_limited: async (fixtures, ask) => {
      const json = { passkey: await unknownPasskey(fixtures) };
      return untilLimited(() => ask(fixtures.visitor(fixtures.exhausted), { json }));
    },
    secure_cookie_impossible: async (fixtures, ask) => {
      const json = { passkey: await assertionOf(fixtures, await withPasskey(fixtures)) };
      return ask(fixtures.app.visitor({ behindTlsProxy: false }), { json });
    },
  },

  "passkeys.reauthenticate": {
    success: async (fixtures, ask) => {
      const person = await withPasskey(fixtures);
      return ask(person.client, { json: { passkey: await assertionOf(fixtures, person) } });
    },
    invalid_passkey: async (fixtures, ask) =>
      ask((await fixtures.newUser()).client, { json: { passkey: await unknownPasskey(fixtures) } }),
    rate_limited: async (fixtures, ask) => {
      const client = fixtures.clientAt(await fixtures.newUser(), fixtures.exhausted);
      const json = { passkey: await unknownPasskey(fixtures) };
      return untilLimited(() => ask(client, { json }));
    },
  },

  "passkeys.list": {
    success: async (fixtures, ask) => {
      const person = await withPasskey(fixtures);
      const json = { passkey: await assertionOf(fixtures, person) };
      await person.client.post("/api/account/reauthenticate/passkey", { json });
      for (const [name, isSynced] of [
        ["Phone", true],
        ["Key ring", false],
      ] as const) {
        const passkey = await attestationFor(person, { isSynced });
        await person.client.post("/api/account/passkeys", { json: { passkey, name } });
      }
      return ask(person.client);
    },
    "success: there are none": async (fixtures, ask) => ask((await fixtures.newUser()).client),
  },

  "passkeys.creationOptions": {
    success: async (fixtures, ask) => ask((await fixtures.verifiedUser()).client),
    email_unverified: async (fixtures, ask) => ask((await fixtures.newUser()).client),
    "success: there is one already": async (fixtures, ask) => ask((await withPasskey(fixtures)).client),
  },

  "passkeys.add": {
    success: async (fixtures, ask) => {
      const { client } = await fixtures.verifiedUser();
      return ask(client, { json: { passkey: await attestationFor({ client }), name: "Laptop" } });
    },
    "success: one that is synced": async (fixtures, ask) => {
      const { client } = await fixtures.verifiedUser();
      return ask(client, { json: { passkey: await attestationFor({ client }, { isSynced: true }), name: "Phone" } });
    },
    email_unverified: async (fixtures, ask) => {
      const passkey = await attestationFor(await fixtures.verifiedUser());
      return ask((await fixtures.newUser()).client, { json: { passkey, name: "Laptop" } });
    },
    invalid_passkey: async (fixtures, ask) => {
      const passkey = await attestationFor(await fixtures.verifiedUser());
      return ask((await fixtures.verifiedUser()).client, { json: { passkey, name: "Laptop" } });
    },
    rate_limited: async (fixtures, ask) => {
      const person = await fixtures.verifiedUser();
      const passkey = await attestationFor(person);
      const client = fixtures.clientAt(person, fixtures.exhausted);
      return untilLimited(() => ask(client, { json: { passkey, name: "Laptop" } }));
    },
    already_set_up: async (fixtures, ask) => {
      const { client } = await fixtures.verifiedUser();
      const made = await attestationFor({ client });
      await client.post("/api/account/passkeys", { json: { passkey: made, name: "Laptop" } });
      // The same passkey, registered for another challenge.
      const again = await attestationFor({ client });
      const response = { ...made.response, clientDataJSON: again.response.clientDataJSON };
      return ask(client, { json: { passkey: { ...made, response }, name: "Laptop" } });
    },
  },

  "passkeys.remove": {
    success: async (fixtures, ask) => {
      const { client, passkey } = await withPasskey(fixtures);
      return ask(client, { params: { handle: passkey.handle } });
    },
  },
} satisfies Partial<Record<EndpointName, Interactions>>;
