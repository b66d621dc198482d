import type { Client } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setUpTotp } from "../../../test/authenticator-app.ts";
import { forgetPassword, mailedLink, NO_MAIL_LIMITS, proveAddress, signUpProven } from "../../../test/mailed-links.ts";
import { addPasskey, loginOptions } from "../../../test/passkey-device.ts";
import { createTestApp, type Person, type TestApp } from "../../../test/test-app.ts";
import { accountNamed, userCommands } from "../../cli/user-commands.ts";
import { revokeKnownBrowsers } from "./known-browsers.ts";

const DEVICE = "__Host-yumroad-device";
const KNOWN = 10;
const STRANGE = 5;

describe("R56: a browser that is known to an account", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ mail: true, limits: NO_MAIL_LIMITS });
  });
  afterAll(() => app.close());

  let addresses = 0;
  /** Counts the wrong passwords that a browser may try: its own ten when it is known, five otherwise. */
  async function triesIn(client: Client, { email }: Pick<Person, "email">): Promise<number> {
    addresses += 1;
    const headers = { "X-Forwarded-For": `198.18.${addresses >> 8}.${addresses & 255}` };
    const json = { email, password: "not the password" };
    for (let tries = 0; ; tries += 1) {
      const { status } = await client.post("/api/auth/login", { json, headers });
      if (status === 429) return tries;
      expect(status).toBe(401);
    }
  }

  /** The same browser without the known-browser cookie. */
  function withoutDevice({ client }: Pick<Person, "client">): Client {
    const bare = app.visitor();
    bare.cookies.restore(client.cookies.snapshot().filter(({ name }) => name !== DEVICE));
    return bare;
  }

  it("R56: is the one of the sign-up, and each of a log-in", async () => {
    const person = await app.signUp();
    expect(await triesIn(person.client, person)).toBe(KNOWN);
    expect(await triesIn((await app.logIn(person)).client, person)).toBe(KNOWN);
    expect(await triesIn(app.visitor(), person)).toBe(STRANGE);
  });

  it("R56: is not made by proving again who one is, by password or by passkey", async () => {
    const person = await app.signUp();
    await proveAddress(app, person);
    const { device } = await addPasskey(person);
    const bare = withoutDevice(person);
    const byPassword = await bare.post("/api/account/reauthenticate", { json: { password: person.password } });
    expect(byPassword.status).toBe(200);
    const json = { passkey: device.get(await loginOptions(app)) };
    expect((await bare.post("/api/account/reauthenticate/passkey", { json })).status).toBe(200);
    expect(bare.cookies.get(DEVICE)).toBeUndefined();
    expect(await triesIn(bare, person)).toBe(STRANGE);
  });

  it("R56: is one of five, of which the oldest goes", async () => {
    const person = await signUpProven(app);
    const browsers = [person.client];
    for (let more = 0; more < 5; more += 1) browsers.push((await app.logIn(person)).client);
    const tries: number[] = [];
    for (const client of browsers) tries.push(await triesIn(client, person));
    expect(tries).toEqual([STRANGE, KNOWN, KNOWN, KNOWN, KNOWN, KNOWN]);
  });

  it("R56: stays the one that it is, however often one logs in there", async () => {
    const person = await app.signUp();
    const other = (await app.logIn(person)).client;
    for (let more = 0; more < 6; more += 1) await app.logIn(person, { client: other });
    expect(await triesIn(person.client, person)).toBe(KNOWN);
    expect(await triesIn(other, person)).toBe(KNOWN);
  });

  const REVOCATIONS: Record<string, (person: Person) => Promise<unknown>> = {
    "a new password by a mailed link": async (person) => {
      const json = { token: await forgetPassword(app, person), password: "quince jelly under the stairs" };
      return expect((await app.visitor().post("/api/auth/reset-password", { json })).status).toBe(200);
    },
    "“This wasn’t me”": async (person) => {
      await app.logIn(person);
      const { token } = await mailedLink(app, person.email);
      return expect((await app.visitor().post("/api/auth/not-me", { json: { token } })).status).toBe(200);
    },
    "an operator who disables it for a while": async ({ email }) => {
      for (const command of ["disable", "enable"]) {
        await userCommands[command]?.(app.dependencies, await accountNamed(app.dependencies, email));
      }
    },
  };

  it.each(Object.keys(REVOCATIONS))(
    "R56: is a stranger's after %s, and so is every copy of its cookie",
    async (what) => {
      const person = await app.signUp();
      const copy = app.visitor();
      copy.cookies.restore(person.client.cookies.snapshot());
      const second = (await app.logIn(person)).client;
      await REVOCATIONS[what]?.(person);
      for (const client of [person.client, copy, second]) expect(await triesIn(client, person)).toBe(STRANGE);
    },
  );

  const CHANGES: Record<string, (person: Person) => Promise<unknown>> = {
    "a change of password": async ({ client, password }) => {
      const json = { currentPassword: password, password: "quince jelly under the stairs" };
      return expect((await client.post("/api/account/password", { json })).status).toBe(200);
    },
    "an authenticator app that is set up": async (person) => {
      await proveAddress(app, person);
      await setUpTotp(app, person);
    },
    "a passkey that is added": async (person) => {
      await proveAddress(app, person);
      await addPasskey(person);
    },
  };

  it.each(Object.keys(CHANGES))(
    "R56: stays one after %s there, which makes a stranger's of every other one and of every copy of its cookie",
    async (what) => {
      const person = await app.signUp();
      const copy = app.visitor();
      copy.cookies.restore(person.client.cookies.snapshot());
      const second = (await app.logIn(person)).client;
      await CHANGES[what]?.(person);
      expect(await triesIn(person.client, person)).toBe(KNOWN);
      for (const client of [copy, second]) expect(await triesIn(client, person)).toBe(STRANGE);
    },
  );

  it("R56: is not made by a log-in that was under way when all were revoked", async () => {
    const person = await app.signUp();
    const { hasher, database } = app.dependencies;
    const verify = hasher.verify.bind(hasher);
    hasher.verify = async (...given) => {
      hasher.verify = verify;
      await revokeKnownBrowsers(database.fork(), person.user.id);
      return verify(...given);
    };
    const { client } = await app.logIn(person);
    expect(client.cookies.get(DEVICE)).toBeUndefined();
  });

  it("R56, R79: is no stranger to the account for an owner who is told of it: each new one is mailed", async () => {
    const person = await app.signUp();
    for (let more = 0; more < 3; more += 1) await app.logIn(person);
    await app.logIn(person, { client: person.client });
    const mails = (await app.mailbox.to(person.email)).filter(({ subject }) => subject.startsWith("New log-in"));
    expect(mails).toHaveLength(3);
  });
});
