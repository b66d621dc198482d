import type { EndpointName } from "@yumroad/contract";
import { createAuthenticatorApp, logInWithPasswordOnly } from "../../authenticator-app.ts";
import type { Fixtures } from "../fixtures.ts";
import { type Interaction, type Interactions, untilLimited } from "../interaction.ts";

/** A user who has started to set up an authenticator app. */
async function settingUp({ app, verifiedUser }: Fixtures) {
  const person = await verifiedUser();
  const { json } = await person.client.post<{ secret: string }>("/api/account/totp");
  return { ...person, phone: createAuthenticatorApp(app, json.secret) };
}

/** A user who has used all recovery codes. */
async function withoutCodes({ app, totpUser, visitor }: Fixtures) {
  const person = await totpUser();
  for (const code of person.recoveryCodes) {
    const client = await logInWithPasswordOnly(app, person, { client: visitor() });
    await client.post("/api/auth/second-factor", { json: { code } });
  }
  return person;
}

/** Setting up the app uses the current code; this is the next one. */
const NEXT = 1;

const tooManyChanges: Interaction = async (fixtures, ask) => {
  const client = fixtures.clientAt(await fixtures.totpUser(), fixtures.exhausted);
  return untilLimited(() => ask(client));
};

export const factorInteractions = {
  "twoFactor.completeLogin": {
    success: async (fixtures, ask) => {
      const { client, phone } = await fixtures.pendingUser();
      return ask(client, { json: { code: phone.code(NEXT) } });
    },
    invalid_code: async (fixtures, ask) => {
      const { client, phone } = await fixtures.pendingUser();
      return ask(client, { json: { code: phone.wrongCode() } });
    },
    rate_limited: async (fixtures, ask) => {
      const person = await fixtures.pendingUser();
      const client = fixtures.clientAt(person, fixtures.exhausted);
      return untilLimited(() => ask(client, { json: { code: person.phone.wrongCode() } }));
    },
  },

  "twoFactor.get": {
    success: async (fixtures, ask) => ask((await fixtures.totpUser()).client),
    "success: no recovery code is left": async (fixtures, ask) => ask((await withoutCodes(fixtures)).client),
    "success: a password alone": async (fixtures, ask) => ask((await fixtures.newUser()).client),
  },

  "twoFactor.beginTotp": {
    success: async (fixtures, ask) => ask((await fixtures.verifiedUser()).client),
    email_unverified: async (fixtures, ask) => ask((await fixtures.newUser()).client),
    already_set_up: async (fixtures, ask) => ask((await fixtures.totpUser()).client),
  },

  "twoFactor.confirmTotp": {
    success: async (fixtures, ask) => {
      const { client, phone } = await settingUp(fixtures);
      return ask(client, { json: { code: phone.code() } });
    },
    email_unverified: async (fixtures, ask) => ask((await fixtures.newUser()).client, { json: { code: "123456" } }),
    invalid_code: async (fixtures, ask) => {
      const { client, phone } = await settingUp(fixtures);
      return ask(client, { json: { code: phone.wrongCode() } });
    },
    already_set_up: async (fixtures, ask) => {
      const { client, phone } = await fixtures.totpUser();
      return ask(client, { json: { code: phone.code(NEXT) } });
    },
    rate_limited: async (fixtures, ask) => {
      const person = await settingUp(fixtures);
      const client = fixtures.clientAt(person, fixtures.exhausted);
      return untilLimited(() => ask(client, { json: { code: person.phone.wrongCode() } }));
    },
  },

  "twoFactor.removeTotp": {
    success: async (fixtures, ask) => ask((await fixtures.totpUser()).client),
  },

  "twoFactor.renewRecoveryCodes": {
    success: async (fixtures, ask) => ask((await fixtures.totpUser()).client),
    not_found: async (fixtures, ask) => ask((await fixtures.newUser()).client),
    rate_limited: tooManyChanges,
  },
} satisfies Partial<Record<EndpointName, Interactions>>;
