import type { EndpointName } from "@yumroad/contract";
import { askForEmail, forgetPassword, mailedLink } from "../../mailed-links.ts";
import type { Person } from "../../test-app.ts";
import { type Ask, type Play, type Plays, untilLimited, whileBusy } from "../play.ts";
import type { Stage } from "../stage.ts";

const NEW_PASSWORD = "quince jelly under the stairs";
const NO_TOKEN = "not-a-token-of-ours";

const wrongLink: Play = (stage, ask) => ask(stage.visitor(), { json: { token: NO_TOKEN } });
const tooManyLinks: Play = (stage, ask) =>
  untilLimited(() => ask(stage.visitor(stage.exhausted), { json: { token: NO_TOKEN } }));

/** Asks with a token, as the page does that its link leads to. */
const using = (stage: Stage, ask: Ask, token: string) => ask(stage.visitor(), { json: { token } });

async function forgetful({ app, someone }: Stage, next?: string): Promise<{ token: string }> {
  return { token: await forgetPassword(app, await someone(), next) };
}

/** Somebody whose address waits to be confirmed, and the token that was mailed there. */
async function unconfirmed(stage: Stage): Promise<{ person: Person; token: string }> {
  const person = await stage.someone();
  await person.client.post("/api/account/verification");
  return { person, token: (await mailedLink(stage.app, person.email)).token };
}

/** Somebody who wants another address, which is `wanted`, and the token that was mailed there. */
async function moving(stage: Stage): Promise<{ person: Person; wanted: string; token: string }> {
  const person = await stage.proven();
  const wanted = stage.newAddress("grace");
  return { person, wanted, token: await askForEmail(stage.app, person, wanted) };
}

export const recoveryPlays = {
  "password.requestReset": {
    success: async (stage, ask) => ask(stage.visitor(), { json: { email: (await stage.someone()).email } }),
    rate_limited: (stage, ask) =>
      untilLimited(() => ask(stage.visitor(stage.exhausted), { json: { email: stage.newAddress() } })),
  },

  "password.reset": {
    success: async (stage, ask) =>
      ask(stage.visitor(), { json: { ...(await forgetful(stage)), password: NEW_PASSWORD } }),
    "success: on to another page": async (stage, ask) =>
      ask(stage.visitor(), { json: { ...(await forgetful(stage, "/products/new")), password: NEW_PASSWORD } }),
    "invalid_input: a common password": async (stage, ask) =>
      ask(stage.visitor(), { json: { ...(await forgetful(stage)), password: "password1234" } }),
    link_invalid: (stage, ask) => ask(stage.visitor(), { json: { token: NO_TOKEN, password: NEW_PASSWORD } }),
    rate_limited: (stage, ask) =>
      untilLimited(() => ask(stage.visitor(stage.exhausted), { json: { token: NO_TOKEN, password: NEW_PASSWORD } })),
    overloaded: async (stage, ask) => {
      const json = { ...(await forgetful(stage)), password: NEW_PASSWORD };
      return whileBusy(stage, () => ask(stage.visitor(stage.busy), { json }));
    },
  },

  "email.verify": {
    success: async (stage, ask) => {
      const { person, token } = await unconfirmed(stage);
      return ask(person.client, { json: { token } });
    },
    "success: another address": async (stage, ask) => {
      const { person, token } = await moving(stage);
      return ask(person.client, { json: { token } });
    },
    "success: by the password": async (stage, ask) => {
      const { person, token } = await unconfirmed(stage);
      return ask(stage.visitor(), { json: { token, password: person.password } });
    },
    password_required: async (stage, ask) => using(stage, ask, (await unconfirmed(stage)).token),
    invalid_credentials: async (stage, ask) => {
      const { token } = await unconfirmed(stage);
      return ask(stage.visitor(), { json: { token, password: "not the password" } });
    },
    link_invalid: wrongLink,
    email_taken: async (stage, ask) => {
      const { person, wanted, token } = await moving(stage);
      await stage.app.signUp({ email: wanted });
      return ask(person.client, { json: { token } });
    },
    rate_limited: tooManyLinks,
    overloaded: async (stage, ask) => {
      const { person, token } = await unconfirmed(stage);
      const json = { token, password: person.password };
      return whileBusy(stage, () => ask(stage.visitor(stage.busy), { json }));
    },
  },

  "account.disown": {
    success: async (stage, ask) => using(stage, ask, (await unconfirmed(stage)).token),
    "success: a change of address": async (stage, ask) => using(stage, ask, (await moving(stage)).token),
    link_invalid: wrongLink,
    rate_limited: tooManyLinks,
  },

  "email.undoChange": {
    success: async (stage, ask) => {
      const { person, token } = await moving(stage);
      await person.client.post("/api/auth/verify-email", { json: { token } });
      return using(stage, ask, (await mailedLink(stage.app, person.email)).token);
    },
    link_invalid: wrongLink,
    rate_limited: tooManyLinks,
  },

  "auth.unlock": {
    success: async (stage, ask) => {
      const { email } = await stage.someone();
      const json = { email, password: "not the password" };
      // From where nobody else has tried one.
      const headers = { "X-Forwarded-For": "192.0.2.77" };
      await stage.visitor(stage.exhausted).post("/api/auth/login", { json, headers });
      return using(stage, ask, (await mailedLink(stage.app, email)).token);
    },
    link_invalid: wrongLink,
    rate_limited: tooManyLinks,
  },

  "auth.reportUnknownLogin": {
    success: async (stage, ask) => {
      const person = await stage.someone();
      await stage.app.logIn(person, { client: stage.visitor() });
      return using(stage, ask, (await mailedLink(stage.app, person.email)).token);
    },
    link_invalid: wrongLink,
    rate_limited: tooManyLinks,
  },

  "email.resendVerification": { success: async (stage, ask) => ask((await stage.someone()).client) },

  "email.change": {
    success: async (stage, ask) => ask((await stage.someone()).client, { json: { email: stage.newAddress("grace") } }),
    email_taken: async (stage, ask) => ask((await stage.someone()).client, { json: { email: stage.bystander.email } }),
    mail_unavailable: async (stage, ask) =>
      ask((await stage.someone(stage.mailless)).client, { json: { email: stage.newAddress("grace") } }),
    rate_limited: async (stage, ask) => {
      const client = stage.elsewhere(await stage.someone(), stage.exhausted);
      return untilLimited(() => ask(client, { json: { email: stage.newAddress("grace") } }));
    },
  },

  "email.cancelChange": { success: async (stage, ask) => ask((await moving(stage)).person.client) },
} satisfies Partial<Record<EndpointName, Plays>>;
