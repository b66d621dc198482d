import type { EndpointName, SessionSummary } from "@yumroad/contract";
import { accountNamed, userCommands } from "../../../src/cli/user-commands.ts";
import { mailedLink, proveAddress } from "../../mailed-links.ts";
import { GOOD_PASSWORD, type Person } from "../../test-app.ts";
import type { Fixtures } from "../fixtures.ts";
import { type Asked, type Interactions, untilLimited, whileBusy } from "../interaction.ts";

const NEW_PASSWORD = "quince jelly under the stairs";
const WRONG_PASSWORD = "not the password";

const newcomer = (fixtures: Fixtures) => ({
  name: "Ada Lovelace",
  email: fixtures.newEmail(),
  password: GOOD_PASSWORD,
});
const rightLogIn = ({ email, password }: Person) => ({ email, password });
const wrongLogIn = (fixtures: Fixtures) => ({ email: fixtures.newEmail(), password: WRONG_PASSWORD });

/** Answers with the account, in each of its states that has a shape of its own. */
function inEveryState(options: Asked): Interactions {
  return {
    success: async (fixtures, ask) => ask((await fixtures.newUser()).client, options),
    "success: another address waits to be confirmed": async (fixtures, ask) =>
      ask((await withPendingEmail(fixtures)).client, options),
    "success: to be deleted": async (fixtures, ask) => ask((await toBeDeleted(fixtures)).client, options),
    "success: to be deleted, and its address is proven": async (fixtures, ask) =>
      ask((await verifyAddress(fixtures, await toBeDeleted(fixtures))).client, options),
    "success: its address is proven": async (fixtures, ask) =>
      ask((await verifyAddress(fixtures, await fixtures.newUser())).client, options),
  };
}

async function withPendingEmail(fixtures: Fixtures): Promise<Person> {
  const person = await verifyAddress(fixtures, await fixtures.newUser());
  await person.client.post("/api/account/email", { json: { email: fixtures.newEmail("grace") } });
  return person;
}

/** A user who has requested deletion and has logged in again. */
export async function toBeDeleted(fixtures: Fixtures): Promise<Person> {
  const person = await fixtures.newUser();
  await person.client.post("/api/account/deletion");
  return fixtures.app.logIn(person, { client: person.client });
}

/** Follows the link that verifies a user's address. */
export async function verifyAddress({ app }: Fixtures, person: Person): Promise<Person> {
  await person.client.post("/api/account/verification");
  const { token } = await mailedLink(app, person.email);
  await person.client.post("/api/auth/verify-email", { json: { token } });
  return person;
}

async function handleOfSession({ client }: Person, { isCurrent }: { isCurrent: boolean }): Promise<string> {
  const { json } = await client.get<{ items: SessionSummary[] }>("/api/account/sessions");
  return json.items.find((session) => session.isCurrent === isCurrent)?.handle ?? "";
}

/** A user with activity of their own and of the operator. */
async function withOperatorActivity(fixtures: Fixtures): Promise<Person> {
  const { dependencies } = fixtures.app;
  const person = await fixtures.newUser();
  await untilRecorded(person, 1);
  await userCommands["end-sessions"]?.(dependencies, await accountNamed(dependencies, person.email));
  await fixtures.app.logIn(person, { client: person.client });
  await untilRecorded(person, 3);
  return person;
}

/** A user who has changed the password and was disabled for a while. */
async function disabledForAWhile(fixtures: Fixtures): Promise<Person> {
  const { dependencies } = fixtures.app;
  const person = await fixtures.newUser();
  await person.client.post("/api/account/password", {
    json: { currentPassword: person.password, password: NEW_PASSWORD },
  });
  await untilRecorded(person, 2);
  for (const command of ["disable", "enable"]) {
    await userCommands[command]?.(dependencies, await accountNamed(dependencies, person.email));
  }
  await fixtures.app.logIn({ ...person, password: NEW_PASSWORD }, { client: person.client });
  await untilRecorded(person, 5);
  return person;
}

/** Activity is recorded after the answer to the request that caused it. */
async function untilRecorded({ client }: Person, count: number): Promise<void> {
  for (let found = 0; found < count; ) {
    found = (await client.get<{ items: unknown[] }>("/api/account/activity")).json.items.length;
  }
}

/** A user without recorded activity, as after its retention or from before the feature. */
async function withoutActivity(fixtures: Fixtures): Promise<Person> {
  const person = await fixtures.newUser();
  await untilRecorded(person, 1);
  await fixtures.app.dependencies.database.fork().execute("delete from activity where user_id = ?", [person.user.id]);
  return person;
}

export const accountInteractions = {
  "auth.signup": {
    success: (fixtures, ask) => ask(fixtures.visitor(), { json: newcomer(fixtures) }),
    "success: remembered": (fixtures, ask) =>
      ask(fixtures.visitor(), { json: { ...newcomer(fixtures), remember: true } }),
    "invalid_input: a common password": (fixtures, ask) =>
      ask(fixtures.visitor(), { json: { ...newcomer(fixtures), password: "password1234" } }),
    signup_closed: (fixtures, ask) => ask(fixtures.visitor(fixtures.closed), { json: newcomer(fixtures) }),
    email_taken: (fixtures, ask) =>
      ask(fixtures.visitor(), { json: { ...newcomer(fixtures), email: fixtures.bystander.email } }),
    rate_limited: (fixtures, ask) =>
      untilLimited(() => ask(fixtures.visitor(fixtures.exhausted), { json: newcomer(fixtures) })),
    overloaded: (fixtures, ask) =>
      whileBusy(fixtures, () => ask(fixtures.visitor(fixtures.busy), { json: newcomer(fixtures) })),
    secure_cookie_impossible: (fixtures, ask) =>
      ask(fixtures.app.visitor({ behindTlsProxy: false }), { json: newcomer(fixtures) }),
  },

  "auth.login": {
    success: async (fixtures, ask) => ask(fixtures.visitor(), { json: rightLogIn(await fixtures.newUser()) }),
    "success: remembered": async (fixtures, ask) =>
      ask(fixtures.visitor(), { json: { ...rightLogIn(await fixtures.newUser()), remember: true } }),
    "success: a second factor is owed": async (fixtures, ask) =>
      ask(fixtures.visitor(), { json: rightLogIn(await fixtures.totpUser()) }),
    invalid_credentials: (fixtures, ask) => ask(fixtures.visitor(), { json: wrongLogIn(fixtures) }),
    rate_limited: (fixtures, ask) => {
      const json = wrongLogIn(fixtures);
      return untilLimited(() => ask(fixtures.visitor(fixtures.exhausted), { json }));
    },
    overloaded: (fixtures, ask) =>
      whileBusy(fixtures, () => ask(fixtures.visitor(fixtures.busy), { json: rightLogIn(fixtures.bystander) })),
    secure_cookie_impossible: (fixtures, ask) =>
      ask(fixtures.app.visitor({ behindTlsProxy: false }), { json: rightLogIn(fixtures.bystander) }),
  },

  "auth.logout": {
    success: async (fixtures, ask) => ask((await fixtures.newUser()).client),
    "success: nobody was logged in": (fixtures, ask) => ask(fixtures.visitor()),
  },

  "sessions.current": {
    success: async (fixtures, ask) => ask((await fixtures.newUser()).client),
    "success: a second factor is owed": async (fixtures, ask) => ask((await fixtures.pendingUser()).client),
    "success: without a store": (fixtures, ask) => ask(fixtures.customer.client),
    "success: an operator": (fixtures, ask) => ask(fixtures.operatorBystander.client),
    "success: nobody is logged in": (fixtures, ask) => ask(fixtures.visitor()),
    "success: the session has ended": async (fixtures, ask) => {
      const { client } = await fixtures.newUser();
      const cookies = client.cookies.snapshot();
      await client.post("/api/auth/logout");
      client.cookies.restore(cookies);
      return ask(client);
    },
  },

  "account.get": {
    ...inEveryState({}),
    "success: without a store": (fixtures, ask) => ask(fixtures.customer.client),
    "success: an operator whose address is proven": async (fixtures, ask) => {
      const operator = await fixtures.newOperator();
      await proveAddress(fixtures.app, operator);
      return ask(operator.client);
    },
  },
  "account.change": {
    ...inEveryState({ json: { name: "Ada King" } }),
    rate_limited: async (fixtures, ask) => {
      const client = fixtures.clientAt(await fixtures.newUser(), fixtures.exhausted);
      return untilLimited(() => ask(client, { json: { name: "Ada King" } }));
    },
  },

  "password.change": {
    success: async (fixtures, ask) => {
      const { client, password } = await fixtures.newUser();
      return ask(client, { json: { currentPassword: password, password: NEW_PASSWORD } });
    },
    "invalid_input: a common password": async (fixtures, ask) => {
      const { client, password } = await fixtures.newUser();
      return ask(client, { json: { currentPassword: password, password: "password1234" } });
    },
    invalid_credentials: async (fixtures, ask) =>
      ask((await fixtures.newUser()).client, { json: { currentPassword: WRONG_PASSWORD, password: NEW_PASSWORD } }),
    rate_limited: async (fixtures, ask) => {
      const client = fixtures.clientAt(await fixtures.newUser(), fixtures.exhausted);
      return untilLimited(() => ask(client, { json: { currentPassword: WRONG_PASSWORD, password: NEW_PASSWORD } }));
    },
    overloaded: async (fixtures, ask) => {
      const client = fixtures.clientAt(await fixtures.newUser(), fixtures.busy);
      const json = { currentPassword: GOOD_PASSWORD, password: NEW_PASSWORD };
      return whileBusy(fixtures, () => ask(client, { json }));
    },
  },

  "auth.reauthenticate": {
    success: async (fixtures, ask) => {
      const { client, password } = await fixtures.newUser();
      return ask(client, { json: { password } });
    },
    "success: an operator": async (fixtures, ask) => {
      const { client, password } = await fixtures.newOperator();
      return ask(client, { json: { password } });
    },
    "success: with a code": async (fixtures, ask) => {
      const { client, password, phone } = await fixtures.totpUser();
      // Setting up the app has used the current code.
      return ask(client, { json: { password, code: phone.code(1) } });
    },
    "invalid_input: the code is missing": async (fixtures, ask) => {
      const { client, password } = await fixtures.totpUser();
      return ask(client, { json: { password } });
    },
    invalid_credentials: async (fixtures, ask) =>
      ask((await fixtures.newUser()).client, { json: { password: WRONG_PASSWORD } }),
    invalid_code: async (fixtures, ask) => {
      const { client, password, phone } = await fixtures.totpUser();
      return ask(client, { json: { password, code: phone.wrongCode() } });
    },
    rate_limited: async (fixtures, ask) => {
      const client = fixtures.clientAt(await fixtures.newUser(), fixtures.exhausted);
      return untilLimited(() => ask(client, { json: { password: WRONG_PASSWORD } }));
    },
    overloaded: async (fixtures, ask) => {
      const client = fixtures.clientAt(await fixtures.newUser(), fixtures.busy);
      return whileBusy(fixtures, () => ask(client, { json: { password: GOOD_PASSWORD } }));
    },
  },

  "sessions.list": {
    success: async (fixtures, ask) => {
      const person = await fixtures.newUser();
      await fixtures.app.logIn(person, { client: fixtures.visitor() });
      return ask(person.client);
    },
  },

  "sessions.end": {
    success: async (fixtures, ask) => {
      const person = await fixtures.newUser();
      await fixtures.app.logIn(person, { client: fixtures.visitor() });
      return ask(person.client, { params: { handle: await handleOfSession(person, { isCurrent: false }) } });
    },
    "success: this one": async (fixtures, ask) => {
      const person = await fixtures.newUser();
      return ask(person.client, { params: { handle: await handleOfSession(person, { isCurrent: true }) } });
    },
  },

  "sessions.endOthers": { success: async (fixtures, ask) => ask((await fixtures.newUser()).client) },

  "activity.list": {
    success: async (fixtures, ask) => ask((await withOperatorActivity(fixtures)).client),
    "success: there is more": async (fixtures, ask) =>
      ask((await withOperatorActivity(fixtures)).client, { query: "?limit=2" }),
    "success: disabled for a while": async (fixtures, ask) => ask((await disabledForAWhile(fixtures)).client),
    "success: nothing is noted": async (fixtures, ask) => ask((await withoutActivity(fixtures)).client),
  },
} satisfies Partial<Record<EndpointName, Interactions>>;
