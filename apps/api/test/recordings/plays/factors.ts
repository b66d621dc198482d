import type { EndpointName } from "@yumroad/contract";
import { createAuthenticatorApp, logInWithPasswordOnly } from "../../authenticator-app.ts";
import { type Play, type Plays, untilLimited } from "../play.ts";
import type { Stage } from "../stage.ts";

/** Somebody in the middle of setting an authenticator app up. */
async function settingUp({ app, proven }: Stage) {
  const person = await proven();
  const { json } = await person.client.post<{ secret: string }>("/api/account/totp");
  return { ...person, phone: createAuthenticatorApp(app, json.secret) };
}

/** Somebody who has logged in with each of their recovery codes. */
async function withoutCodes({ app, careful, visitor }: Stage) {
  const person = await careful();
  for (const code of person.recoveryCodes) {
    const client = await logInWithPasswordOnly(app, person, { client: visitor() });
    await client.post("/api/auth/second-factor", { json: { code } });
  }
  return person;
}

/** The code after the one that setting the app up has used. */
const NEXT = 1;

const tooManyChanges: Play = async (stage, ask) => {
  const client = stage.elsewhere(await stage.careful(), stage.exhausted);
  return untilLimited(() => ask(client));
};

export const factorPlays = {
  "twoFactor.completeLogin": {
    success: async (stage, ask) => {
      const { client, phone } = await stage.halfway();
      return ask(client, { json: { code: phone.code(NEXT) } });
    },
    invalid_code: async (stage, ask) => {
      const { client, phone } = await stage.halfway();
      return ask(client, { json: { code: phone.wrongCode() } });
    },
    rate_limited: async (stage, ask) => {
      const person = await stage.halfway();
      const client = stage.elsewhere(person, stage.exhausted);
      return untilLimited(() => ask(client, { json: { code: person.phone.wrongCode() } }));
    },
  },

  "twoFactor.get": {
    success: async (stage, ask) => ask((await stage.careful()).client),
    "success: no recovery code is left": async (stage, ask) => ask((await withoutCodes(stage)).client),
    "success: a password alone": async (stage, ask) => ask((await stage.someone()).client),
  },

  "twoFactor.beginTotp": {
    success: async (stage, ask) => ask((await stage.proven()).client),
    email_unverified: async (stage, ask) => ask((await stage.someone()).client),
    already_set_up: async (stage, ask) => ask((await stage.careful()).client),
  },

  "twoFactor.confirmTotp": {
    success: async (stage, ask) => {
      const { client, phone } = await settingUp(stage);
      return ask(client, { json: { code: phone.code() } });
    },
    email_unverified: async (stage, ask) => ask((await stage.someone()).client, { json: { code: "123456" } }),
    invalid_code: async (stage, ask) => {
      const { client, phone } = await settingUp(stage);
      return ask(client, { json: { code: phone.wrongCode() } });
    },
    already_set_up: async (stage, ask) => {
      const { client, phone } = await stage.careful();
      return ask(client, { json: { code: phone.code(NEXT) } });
    },
    rate_limited: async (stage, ask) => {
      const person = await settingUp(stage);
      const client = stage.elsewhere(person, stage.exhausted);
      return untilLimited(() => ask(client, { json: { code: person.phone.wrongCode() } }));
    },
  },

  "twoFactor.removeTotp": {
    success: async (stage, ask) => ask((await stage.careful()).client),
  },

  "twoFactor.renewRecoveryCodes": {
    success: async (stage, ask) => ask((await stage.careful()).client),
    not_found: async (stage, ask) => ask((await stage.someone()).client),
    rate_limited: tooManyChanges,
  },
} satisfies Partial<Record<EndpointName, Plays>>;
