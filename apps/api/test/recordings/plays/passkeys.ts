import type { EndpointName, PasskeyAssertion, PasskeyAttestation } from "@yumroad/contract";
import {
  addPasskey,
  createPasskeyDevice,
  loginOptions,
  type Oddities,
  type PasskeyDevice,
} from "../../passkey-device.ts";
import type { Person } from "../../test-app.ts";
import { type Plays, untilLimited } from "../play.ts";
import type { Stage } from "../stage.ts";

type CreationOptions = Parameters<PasskeyDevice["create"]>[0];

/** Somebody with a passkey. */
async function withPasskey({ proven }: Stage) {
  const person = await proven();
  return { ...person, ...(await addPasskey(person)) };
}

/** What their device says when it is asked to log them in. */
async function assertionOf({ app }: Stage, { device }: { device: PasskeyDevice }): Promise<PasskeyAssertion> {
  return device.get(await loginOptions(app));
}

async function attestationFor({ client }: Pick<Person, "client">, oddities?: Oddities): Promise<PasskeyAttestation> {
  const { json } = await client.post<CreationOptions>("/api/account/passkey-options");
  return createPasskeyDevice().create(json, oddities);
}

/** A passkey that no account has. */
async function unknownPasskey({ app }: Stage): Promise<PasskeyAssertion> {
  const device = createPasskeyDevice();
  device.create({ challenge: "none", user: { id: "nobody" } });
  return device.get(await loginOptions(app));
}

export const passkeyPlays = {
  "passkeys.loginOptions": {
    success: (stage, ask) => ask(stage.visitor()),
    rate_limited: (stage, ask) => untilLimited(() => ask(stage.visitor(stage.exhausted))),
  },

  "passkeys.login": {
    success: async (stage, ask) =>
      ask(stage.visitor(), { json: { passkey: await assertionOf(stage, await withPasskey(stage)) } }),
    invalid_passkey: async (stage, ask) => ask(stage.visitor(), { json: { passkey: await unknownPasskey(stage) } }),
    rate_limited: async (stage, ask) => {
      const json = { passkey: await unknownPasskey(stage) };
      return untilLimited(() => ask(stage.visitor(stage.exhausted), { json }));
    },
    secure_cookie_impossible: async (stage, ask) => {
      const json = { passkey: await assertionOf(stage, await withPasskey(stage)) };
      return ask(stage.app.visitor({ behindTlsProxy: false }), { json });
    },
  },

  "passkeys.reauthenticate": {
    success: async (stage, ask) => {
      const person = await withPasskey(stage);
      return ask(person.client, { json: { passkey: await assertionOf(stage, person) } });
    },
    invalid_passkey: async (stage, ask) =>
      ask((await stage.someone()).client, { json: { passkey: await unknownPasskey(stage) } }),
    rate_limited: async (stage, ask) => {
      const client = stage.elsewhere(await stage.someone(), stage.exhausted);
      const json = { passkey: await unknownPasskey(stage) };
      return untilLimited(() => ask(client, { json }));
    },
  },

  "passkeys.list": {
    success: async (stage, ask) => {
      const person = await withPasskey(stage);
      const json = { passkey: await assertionOf(stage, person) };
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
    "success: there are none": async (stage, ask) => ask((await stage.someone()).client),
  },

  "passkeys.creationOptions": {
    success: async (stage, ask) => ask((await stage.proven()).client),
    email_unverified: async (stage, ask) => ask((await stage.someone()).client),
    "success: there is one already": async (stage, ask) => ask((await withPasskey(stage)).client),
  },

  "passkeys.add": {
    success: async (stage, ask) => {
      const { client } = await stage.proven();
      return ask(client, { json: { passkey: await attestationFor({ client }), name: "Laptop" } });
    },
    "success: one that is synced": async (stage, ask) => {
      const { client } = await stage.proven();
      return ask(client, { json: { passkey: await attestationFor({ client }, { isSynced: true }), name: "Phone" } });
    },
    email_unverified: async (stage, ask) => {
      const passkey = await attestationFor(await stage.proven());
      return ask((await stage.someone()).client, { json: { passkey, name: "Laptop" } });
    },
    invalid_passkey: async (stage, ask) => {
      const passkey = await attestationFor(await stage.proven());
      return ask((await stage.proven()).client, { json: { passkey, name: "Laptop" } });
    },
    rate_limited: async (stage, ask) => {
      const person = await stage.proven();
      const passkey = await attestationFor(person);
      const client = stage.elsewhere(person, stage.exhausted);
      return untilLimited(() => ask(client, { json: { passkey, name: "Laptop" } }));
    },
    already_set_up: async (stage, ask) => {
      const { client } = await stage.proven();
      const made = await attestationFor({ client });
      await client.post("/api/account/passkeys", { json: { passkey: made, name: "Laptop" } });
      // What the passkey says of itself, in answer to another challenge.
      const again = await attestationFor({ client });
      const response = { ...made.response, clientDataJSON: again.response.clientDataJSON };
      return ask(client, { json: { passkey: { ...made, response }, name: "Laptop" } });
    },
  },

  "passkeys.remove": {
    success: async (stage, ask) => {
      const { client, passkey } = await withPasskey(stage);
      return ask(client, { params: { handle: passkey.handle } });
    },
  },
} satisfies Partial<Record<EndpointName, Plays>>;
