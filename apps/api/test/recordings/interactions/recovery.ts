import type { EndpointName } from "@yumroad/contract";
import { askForEmail, forgetPassword, mailedLink } from "../../mailed-links.ts";
import type { Person } from "../../test-app.ts";
import type { Fixtures } from "../fixtures.ts";
import { type Ask, type Interaction, type Interactions, untilLimited, whileBusy } from "../interaction.ts";

const NEW_PASSWORD = "quince jelly under the stairs";
const NO_TOKEN = "not-a-token-of-ours";

const wrongLink: Interaction = (fixtures, ask) => ask(fixtures.visitor(), { json: { token: NO_TOKEN } });
const tooManyLinks: Interaction = (fixtures, ask) =>
  untilLimited(() => ask(fixtures.visitor(fixtures.exhausted), { json: { token: NO_TOKEN } }));

/** Sends a token, as the page behind its link does. */
const sendToken = (fixtures: Fixtures, ask: Ask, token: string) => ask(fixtures.visitor(), { json: { token } });

async function resetTokenFor({ app, newUser }: Fixtures, next?: string): Promise<{ token: string }> {
  return { token: await forgetPassword(app, await newUser(), next) };
}

/** A user with an unverified address, and the token that was mailed to it. */
async function unconfirmed(fixtures: Fixtures): Promise<{ person: Person; token: string }> {
  const person = await fixtures.newUser();
  await person.client.post("/api/account/verification");
  return { person, token: (await mailedLink(fixtures.app, person.email)).token };
}

/** A user who has requested the address `wanted`, and the token that was mailed there. */
async function withRequestedEmail(fixtures: Fixtures): Promise<{ person: Person; wanted: string; token: string }> {
  const person = await fixtures.verifiedUser();
  const wanted = fixtures.newEmail("grace");
  return { person, wanted, token: await askForEmail(fixtures.app, person, wanted) };
}

export const recoveryInteractions = {
  "password.requestReset": {
    success: async (fixtures, ask) => ask(fixtures.visitor(), { json: { email: (await fixtures.newUser()).email } }),
    rate_limited: (fixtures, ask) =>
      untilLimited(() => ask(fixtures.visitor(fixtures.exhausted), { json: { email: fixtures.newEmail() } })),
  },

  "password.checkResetLink": {
    success: async (fixtures, ask) => sendToken(fixtures, ask, (await resetTokenFor(fixtures)).token),
    link_invalid: wrongLink,
    rate_limited: tooManyLinks,
  },

  "password.reset": {
    success: async (fixtures, ask) =>
      ask(fixtures.visitor(), { json: { ...(await resetTokenFor(fixtures)), password: NEW_PASSWORD } }),
    "success: on to another page": async (fixtures, ask) =>
      ask(fixtures.visitor(), {
        json: { ...(await resetTokenFor(fixtures, "/products/new")), password: NEW_PASSWORD },
      }),
    "invalid_input: a common password": async (fixtures, ask) =>
      ask(fixtures.visitor(), { json: { ...(await resetTokenFor(fixtures)), password: "password1234" } }),
    link_invalid: (fixtures, ask) => ask(fixtures.visitor(), { json: { token: NO_TOKEN, password: NEW_PASSWORD } }),
    rate_limited: (fixtures, ask) =>
      untilLimited(() =>
        ask(fixtures.visitor(fixtures.exhausted), { json: { token: NO_TOKEN, password: NEW_PASSWORD } }),
      ),
    overloaded: async (fixtures, ask) => {
      const json = { ...(await resetTokenFor(fixtures)), password: NEW_PASSWORD };
      return whileBusy(fixtures, () => ask(fixtures.visitor(fixtures.busy), { json }));
    },
  },

  "email.verify": {
    success: async (fixtures, ask) => {
      const { person, token } = await unconfirmed(fixtures);
      return ask(person.client, { json: { token } });
    },
    "success: another address": async (fixtures, ask) => {
      const { person, token } = await withRequestedEmail(fixtures);
      return ask(person.client, { json: { token } });
    },
    "success: by the password": async (fixtures, ask) => {
      const { person, token } = await unconfirmed(fixtures);
      return ask(fixtures.visitor(), { json: { token, password: person.password } });
    },
    password_required: async (fixtures, ask) => sendToken(fixtures, ask, (await unconfirmed(fixtures)).token),
    invalid_credentials: async (fixtures, ask) => {
      const { token } = await unconfirmed(fixtures);
      return ask(fixtures.visitor(), { json: { token, password: "not the password" } });
    },
    link_invalid: wrongLink,
    email_taken: async (fixtures, ask) => {
      const { person, wanted, token } = await withRequestedEmail(fixtures);
      await fixtures.app.signUp({ email: wanted });
      return ask(person.client, { json: { token } });
    },
    rate_limited: tooManyLinks,
    overloaded: async (fixtures, ask) => {
      const { person, token } = await unconfirmed(fixtures);
      const json = { token, password: person.password };
      return whileBusy(fixtures, () => ask(fixtures.visitor(fixtures.busy), { json }));
    },
  },

  "account.disown": {
    success: async (fixtures, ask) => sendToken(fixtures, ask, (await unconfirmed(fixtures)).token),
    "success: a change of address": async (fixtures, ask) =>
      sendToken(fixtures, ask, (await withRequestedEmail(fixtures)).token),
    link_invalid: wrongLink,
    rate_limited: tooManyLinks,
  },

  "email.undoChange": {
    success: async (fixtures, ask) => {
      const { person, token } = await withRequestedEmail(fixtures);
      await person.client.post("/api/auth/verify-email", { json: { token } });
      return sendToken(fixtures, ask, (await mailedLink(fixtures.app, person.email)).token);
    },
    link_invalid: wrongLink,
    rate_limited: tooManyLinks,
  },

  "auth.unlock": {
    success: async (fixtures, ask) => {
      const { email } = await fixtures.newUser();
      const json = { email, password: "not the password" };
      // From an address without failed attempts.
      const headers = { "X-Forwarded-For": "192.0.2.77" };
      await fixtures.visitor(fixtures.exhausted).post("/api/auth/login", { json, headers });
      return sendToken(fixtures, ask, (await mailedLink(fixtures.app, email)).token);
    },
    link_invalid: wrongLink,
    rate_limited: tooManyLinks,
  },

  "auth.reportUnknownLogin": {
    success: async (fixtures, ask) => {
      const person = await fixtures.newUser();
      await fixtures.app.logIn(person, { client: fixtures.visitor() });
      return sendToken(fixtures, ask, (await mailedLink(fixtures.app, person.email)).token);
    },
    link_invalid: wrongLink,
    rate_limited: tooManyLinks,
  },

  "email.resendVerification": { success: async (fixtures, ask) => ask((await fixtures.newUser()).client) },

  "email.change": {
    success: async (fixtures, ask) =>
      ask((await fixtures.newUser()).client, { json: { email: fixtures.newEmail("grace") } }),
    email_taken: async (fixtures, ask) =>
      ask((await fixtures.newUser()).client, { json: { email: fixtures.bystander.email } }),
    mail_unavailable: async (fixtures, ask) =>
      ask((await fixtures.newUser(fixtures.mailless)).client, { json: { email: fixtures.newEmail("grace") } }),
    rate_limited: async (fixtures, ask) => {
      const client = fixtures.clientAt(await fixtures.newUser(), fixtures.exhausted);
      return untilLimited(() => ask(client, { json: { email: fixtures.newEmail("grace") } }));
    },
  },

  "email.cancelChange": { success: async (fixtures, ask) => ask((await withRequestedEmail(fixtures)).person.client) },
} satisfies Partial<Record<EndpointName, Interactions>>;
