import type { EndpointName, SessionSummary } from "@yumroad/contract";
import { accountNamed, userCommands } from "../../../src/cli/user-commands.ts";
import { mailedLink } from "../../mailed-links.ts";
import { GOOD_PASSWORD, type Person } from "../../test-app.ts";
import { type Asked, type Plays, untilLimited, whileBusy } from "../play.ts";
import type { Stage } from "../stage.ts";

const NEW_PASSWORD = "quince jelly under the stairs";
const WRONG_PASSWORD = "not the password";

const newcomer = (stage: Stage) => ({ name: "Ada Lovelace", email: stage.newAddress(), password: GOOD_PASSWORD });
const rightLogIn = ({ email, password }: Person) => ({ email, password });
const wrongLogIn = (stage: Stage) => ({ email: stage.newAddress(), password: WRONG_PASSWORD });

/** Answers that are the account, in each of its states that has a form of its own. */
function inEveryState(options: Asked): Plays {
  return {
    success: async (stage, ask) => ask((await stage.someone()).client, options),
    "success: another address waits to be confirmed": async (stage, ask) =>
      ask((await wantingAnotherAddress(stage)).client, options),
    "success: to be deleted": async (stage, ask) => ask((await toBeDeleted(stage)).client, options),
    "success: to be deleted, and its address is proven": async (stage, ask) =>
      ask((await proving(stage, await toBeDeleted(stage))).client, options),
    "success: its address is proven": async (stage, ask) =>
      ask((await proving(stage, await stage.someone())).client, options),
  };
}

async function wantingAnotherAddress(stage: Stage): Promise<Person> {
  const person = await proving(stage, await stage.someone());
  await person.client.post("/api/account/email", { json: { email: stage.newAddress("grace") } });
  return person;
}

/** Somebody who has asked for their account to be deleted, and has logged in again. */
export async function toBeDeleted(stage: Stage): Promise<Person> {
  const person = await stage.someone();
  await person.client.post("/api/account/deletion");
  return stage.app.logIn(person, { client: person.client });
}

/** Gives back somebody who has followed the link that proves their address. */
export async function proving({ app }: Stage, person: Person): Promise<Person> {
  await person.client.post("/api/account/verification");
  const { token } = await mailedLink(app, person.email);
  await person.client.post("/api/auth/verify-email", { json: { token } });
  return person;
}

async function handleOfSession({ client }: Person, { isCurrent }: { isCurrent: boolean }): Promise<string> {
  const { json } = await client.get<{ items: SessionSummary[] }>("/api/account/sessions");
  return json.items.find((session) => session.isCurrent === isCurrent)?.handle ?? "";
}

/** The browser of a user who has no store. Every sign-up makes one, so it is taken away before they log in. */
async function withoutStore({ app, someone }: Stage): Promise<Person["client"]> {
  const { client, user, email, password } = await someone();
  await app.dependencies.database.fork().execute("delete from stores where owner_id = ?", [user.id]);
  await client.post("/api/auth/login", { json: { email, password } });
  return client;
}

/** Somebody on whose account something was done by themselves, and something by the operator. */
async function seenByOperator(stage: Stage): Promise<Person> {
  const { dependencies } = stage.app;
  const person = await stage.someone();
  await untilNoted(person, 1);
  await userCommands["end-sessions"]?.(dependencies, await accountNamed(dependencies, person.email));
  await stage.app.logIn(person, { client: person.client });
  await untilNoted(person, 3);
  return person;
}

/** Somebody who has changed their password, and was disabled for a while. */
async function disabledForAWhile(stage: Stage): Promise<Person> {
  const { dependencies } = stage.app;
  const person = await stage.someone();
  await person.client.post("/api/account/password", {
    json: { currentPassword: person.password, password: NEW_PASSWORD },
  });
  await untilNoted(person, 2);
  for (const command of ["disable", "enable"]) {
    await userCommands[command]?.(dependencies, await accountNamed(dependencies, person.email));
  }
  await stage.app.logIn({ ...person, password: NEW_PASSWORD }, { client: person.client });
  await untilNoted(person, 5);
  return person;
}

/** Events are noted once the answer to what caused them has left. */
async function untilNoted({ client }: Person, count: number): Promise<void> {
  for (let found = 0; found < count; ) {
    found = (await client.get<{ items: unknown[] }>("/api/account/activity")).json.items.length;
  }
}

/** Somebody of whom nothing is written down any more, or was not yet when they signed up. */
async function unnoted(stage: Stage): Promise<Person> {
  const person = await stage.someone();
  await untilNoted(person, 1);
  await stage.app.dependencies.database.fork().execute("delete from activity where user_id = ?", [person.user.id]);
  return person;
}

export const accountPlays = {
  "auth.signup": {
    success: (stage, ask) => ask(stage.visitor(), { json: newcomer(stage) }),
    "success: remembered": (stage, ask) => ask(stage.visitor(), { json: { ...newcomer(stage), remember: true } }),
    "invalid_input: a common password": (stage, ask) =>
      ask(stage.visitor(), { json: { ...newcomer(stage), password: "password1234" } }),
    signup_closed: (stage, ask) => ask(stage.visitor(stage.closed), { json: newcomer(stage) }),
    email_taken: (stage, ask) => ask(stage.visitor(), { json: { ...newcomer(stage), email: stage.bystander.email } }),
    rate_limited: (stage, ask) => untilLimited(() => ask(stage.visitor(stage.exhausted), { json: newcomer(stage) })),
    overloaded: (stage, ask) => whileBusy(stage, () => ask(stage.visitor(stage.busy), { json: newcomer(stage) })),
    secure_cookie_impossible: (stage, ask) =>
      ask(stage.app.visitor({ behindTlsProxy: false }), { json: newcomer(stage) }),
  },

  "auth.login": {
    success: async (stage, ask) => ask(stage.visitor(), { json: rightLogIn(await stage.someone()) }),
    "success: remembered": async (stage, ask) =>
      ask(stage.visitor(), { json: { ...rightLogIn(await stage.someone()), remember: true } }),
    "success: a second factor is owed": async (stage, ask) =>
      ask(stage.visitor(), { json: rightLogIn(await stage.careful()) }),
    invalid_credentials: (stage, ask) => ask(stage.visitor(), { json: wrongLogIn(stage) }),
    rate_limited: (stage, ask) => {
      const json = wrongLogIn(stage);
      return untilLimited(() => ask(stage.visitor(stage.exhausted), { json }));
    },
    overloaded: (stage, ask) =>
      whileBusy(stage, () => ask(stage.visitor(stage.busy), { json: rightLogIn(stage.bystander) })),
    secure_cookie_impossible: (stage, ask) =>
      ask(stage.app.visitor({ behindTlsProxy: false }), { json: rightLogIn(stage.bystander) }),
  },

  "auth.logout": {
    success: async (stage, ask) => ask((await stage.someone()).client),
    "success: nobody was logged in": (stage, ask) => ask(stage.visitor()),
  },

  "sessions.current": {
    success: async (stage, ask) => ask((await stage.someone()).client),
    "success: a second factor is owed": async (stage, ask) => ask((await stage.halfway()).client),
    "success: without a store": async (stage, ask) => ask(await withoutStore(stage)),
    "success: nobody is logged in": (stage, ask) => ask(stage.visitor()),
    "success: the session has ended": async (stage, ask) => {
      const { client } = await stage.someone();
      const cookies = client.cookies.snapshot();
      await client.post("/api/auth/logout");
      client.cookies.restore(cookies);
      return ask(client);
    },
  },

  "account.get": {
    ...inEveryState({}),
    "success: without a store": async (stage, ask) => ask(await withoutStore(stage)),
  },
  "account.change": {
    ...inEveryState({ json: { name: "Ada King" } }),
    rate_limited: async (stage, ask) => {
      const client = stage.elsewhere(await stage.someone(), stage.exhausted);
      return untilLimited(() => ask(client, { json: { name: "Ada King" } }));
    },
  },

  "password.change": {
    success: async (stage, ask) => {
      const { client, password } = await stage.someone();
      return ask(client, { json: { currentPassword: password, password: NEW_PASSWORD } });
    },
    "invalid_input: a common password": async (stage, ask) => {
      const { client, password } = await stage.someone();
      return ask(client, { json: { currentPassword: password, password: "password1234" } });
    },
    invalid_credentials: async (stage, ask) =>
      ask((await stage.someone()).client, { json: { currentPassword: WRONG_PASSWORD, password: NEW_PASSWORD } }),
    rate_limited: async (stage, ask) => {
      const client = stage.elsewhere(await stage.someone(), stage.exhausted);
      return untilLimited(() => ask(client, { json: { currentPassword: WRONG_PASSWORD, password: NEW_PASSWORD } }));
    },
    overloaded: async (stage, ask) => {
      const client = stage.elsewhere(await stage.someone(), stage.busy);
      const json = { currentPassword: GOOD_PASSWORD, password: NEW_PASSWORD };
      return whileBusy(stage, () => ask(client, { json }));
    },
  },

  "auth.reauthenticate": {
    success: async (stage, ask) => {
      const { client, password } = await stage.someone();
      return ask(client, { json: { password } });
    },
    "success: with a code": async (stage, ask) => {
      const { client, password, phone } = await stage.careful();
      // The one after that which setting the app up has used.
      return ask(client, { json: { password, code: phone.code(1) } });
    },
    "invalid_input: the code is missing": async (stage, ask) => {
      const { client, password } = await stage.careful();
      return ask(client, { json: { password } });
    },
    invalid_credentials: async (stage, ask) =>
      ask((await stage.someone()).client, { json: { password: WRONG_PASSWORD } }),
    invalid_code: async (stage, ask) => {
      const { client, password, phone } = await stage.careful();
      return ask(client, { json: { password, code: phone.wrongCode() } });
    },
    rate_limited: async (stage, ask) => {
      const client = stage.elsewhere(await stage.someone(), stage.exhausted);
      return untilLimited(() => ask(client, { json: { password: WRONG_PASSWORD } }));
    },
    overloaded: async (stage, ask) => {
      const client = stage.elsewhere(await stage.someone(), stage.busy);
      return whileBusy(stage, () => ask(client, { json: { password: GOOD_PASSWORD } }));
    },
  },

  "sessions.list": {
    success: async (stage, ask) => {
      const person = await stage.someone();
      await stage.app.logIn(person, { client: stage.visitor() });
      return ask(person.client);
    },
  },

  "sessions.end": {
    success: async (stage, ask) => {
      const person = await stage.someone();
      await stage.app.logIn(person, { client: stage.visitor() });
      return ask(person.client, { params: { handle: await handleOfSession(person, { isCurrent: false }) } });
    },
    "success: this one": async (stage, ask) => {
      const person = await stage.someone();
      return ask(person.client, { params: { handle: await handleOfSession(person, { isCurrent: true }) } });
    },
  },

  "sessions.endOthers": { success: async (stage, ask) => ask((await stage.someone()).client) },

  "activity.list": {
    success: async (stage, ask) => ask((await seenByOperator(stage)).client),
    "success: there is more": async (stage, ask) => ask((await seenByOperator(stage)).client, { query: "?limit=2" }),
    "success: disabled for a while": async (stage, ask) => ask((await disabledForAWhile(stage)).client),
    "success: nothing is noted": async (stage, ask) => ask((await unnoted(stage)).client),
  },
} satisfies Partial<Record<EndpointName, Plays>>;
