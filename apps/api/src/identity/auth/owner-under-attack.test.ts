import { type Client, race, statusesOf } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logInWithPasswordOnly, setUpTotp } from "../../../test/authenticator-app.ts";
import { eventsOf, forgetPassword, mailedLink, NO_MAIL_LIMITS, signUpProven } from "../../../test/mailed-links.ts";
import { addPasskey } from "../../../test/passkey-device.ts";
import {
  canRunOn,
  createTestApp,
  GOOD_PASSWORD,
  named,
  type Person,
  storeKinds,
  type TestApp,
  whoIs,
} from "../../../test/test-app.ts";

const NEW_PASSWORD = "quince jelly under the stairs";
const HOUR = 3_600_000;
/** Low enough to be used up from one address, which has five tries. */
const FEW = { max: 4, windowMs: 24 * HOUR };

describe.each(storeKinds)("an owner whose account strangers use up", (store) => {
  describe.skipIf(!canRunOn(store))(named("an owner whose account strangers use up", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      const limits = {
        ...NO_MAIL_LIMITS,
        wrongPasswordsForAccount: FEW,
        wrongCodesForAccount: FEW,
        loginsOfAccount: { max: 3, windowMs: HOUR },
      };
      app = await createTestApp({ sessions: store, mail: true, limits });
    });
    afterAll(() => app.close());

    let addresses = 0;
    /** A new browser at an address of its own. */
    function stranger(): Client {
      addresses += 1;
      return app.visitor({ headers: { "X-Forwarded-For": `198.19.${addresses >> 8}.${addresses & 255}` } });
    }
    const tryPassword = async (client: Client, email: string, password = "not the password") =>
      (await client.post("/api/auth/login", { json: { email, password } })).status;
    /** Tries wrong passwords from many addresses, until every stranger is locked out. */
    async function shut(email: string): Promise<void> {
      for (let tries = 0; tries < 20; tries += 1) if ((await tryPassword(stranger(), email)) === 429) return;
      throw new Error("It is still open to strangers");
    }
    async function reset(client: Client, person: Person): Promise<void> {
      const json = { token: await forgetPassword(app, person), password: NEW_PASSWORD };
      expect((await client.post("/api/auth/reset-password", { json })).status).toBe(200);
    }
    const unlock = async (client: Client, token: string) =>
      (await client.post("/api/auth/unlock", { json: { token } })).status;
    /** Checks everything that an owner must be able to do in their browser. */
    async function usesTheBrowser(client: Client, { email }: Person, password: string): Promise<void> {
      const again = await client.post("/api/account/reauthenticate", { json: { password } });
      expect(again.status).toBe(200);
      await client.post("/api/auth/logout");
      expect(await tryPassword(client, email, password)).toBe(200);
    }
    function copyOf(client: Client): Client {
      const copy = stranger();
      copy.cookies.restore(client.cookies.snapshot());
      return copy;
    }
    const tokenOf = async (email: string, subject: string) => {
      const mail = (await app.mailbox.to(email)).findLast((sent) => sent.subject === subject);
      return new URLSearchParams(new URL(mail?.link() ?? "https://none").hash.slice(1)).get("token") ?? "";
    };

    it("R56: gets in where they have just reset the password, however often it is shut, and nobody else does", async () => {
      const person = await signUpProven(app);
      const owner = stranger();
      for (const elsewhere of [stranger(), person.client, owner]) await reset(elsewhere, person);
      await shut(person.email);
      expect(await tryPassword(stranger(), person.email, NEW_PASSWORD)).toBe(429);
      for (let tries = 0; tries < 4; tries += 1) expect(await tryPassword(owner, person.email)).toBe(401);
      expect(await tryPassword(owner, person.email, NEW_PASSWORD)).toBe(200);
      expect((await whoIs(owner))?.email).toBe(person.email);
    });

    it("R56: a reset allows no more codes, however often one resets", async () => {
      const person = await signUpProven(app);
      const { phone } = await setUpTotp(app, person);
      const client = stranger();
      const statuses: number[] = [];
      for (let round = 0; round < 6; round += 1) {
        await reset(client, person);
        await logInWithPasswordOnly(app, { ...person, password: NEW_PASSWORD }, { client });
        const json = { code: phone.wrongCode() };
        statuses.push((await client.post("/api/auth/second-factor", { json })).status);
      }
      expect(statuses).toEqual([422, 422, 422, 422, 429, 429]);
    });

    const CHANGES: Record<string, (person: Person) => Promise<string>> = {
      "a change of password": async ({ client, password }) => {
        const json = { currentPassword: password, password: NEW_PASSWORD };
        expect((await client.post("/api/account/password", { json })).status).toBe(200);
        return NEW_PASSWORD;
      },
      "a passkey that is added": async (person) => {
        await addPasskey(person);
        return person.password;
      },
    };

    it.each(Object.keys(CHANGES))("R56: stays known where they use the account, after %s there", async (what) => {
      const person = await signUpProven(app);
      const copy = copyOf(person.client);
      const password = (await CHANGES[what]?.(person)) ?? "";
      await shut(person.email);
      await usesTheBrowser(person.client, person, password);
      expect(await tryPassword(copy, person.email, password)).toBe(429);
    });

    it("R56: stays known where they have set up an authenticator app", async () => {
      const person = await signUpProven(app);
      const copy = copyOf(person.client);
      await setUpTotp(app, person);
      await shut(person.email);
      expect(await tryPassword(person.client, person.email, person.password)).toBe(200);
      expect(await tryPassword(copy, person.email, person.password)).toBe(429);
    });

    it("R56: is not made known by such a change in a browser that was not", async () => {
      const person = await signUpProven(app);
      const bare = stranger();
      bare.cookies.restore(person.client.cookies.snapshot().filter(({ name }) => !name.endsWith("-device")));
      await CHANGES["a change of password"]?.({ ...person, client: bare });
      await shut(person.email);
      for (const client of [bare, person.client])
        expect(await tryPassword(client, person.email, NEW_PASSWORD)).toBe(429);
    });

    it("R56: stays known in one of many copies that ask for the change at once: in the one that was answered", async () => {
      const person = await signUpProven(app);
      const copies = Array.from({ length: 5 }, () => person.client.twin());
      const answers = await race(5, (index) => {
        const json = { currentPassword: person.password, password: `${NEW_PASSWORD} ${index}` };
        return (copies[index] ?? person.client).post("/api/account/password", { json });
      });
      const changed = statusesOf(answers).indexOf(200);
      await shut(person.email);
      for (const [index, copy] of copies.entries()) {
        const expected = index === changed ? 200 : 429;
        expect(await tryPassword(copy, person.email, `${NEW_PASSWORD} ${changed}`)).toBe(expected);
      }
    });

    it("R56: gets in by the mailed link as long as no other one is mailed: for a day", async () => {
      const person = await app.signUp();
      await shut(person.email);
      const { token } = await mailedLink(app, person.email);
      app.clock.advance("20h");
      await shut(person.email);
      const client = stranger();
      expect(await unlock(client, token)).toBe(204);
      expect(await tryPassword(client, person.email, GOOD_PASSWORD)).toBe(200);
    });

    it("R56: has a link for passwords and one for codes, of which neither ends the other", async () => {
      const person = await signUpProven(app);
      const { phone } = await setUpTotp(app, person);
      const thief = await logInWithPasswordOnly(app, person, { client: stranger() });
      for (let tries = 0; tries < FEW.max; tries += 1) {
        await thief.post("/api/auth/second-factor", { json: { code: phone.wrongCode() } });
      }
      await shut(person.email);
      for (const subject of ["Too many wrong codes", "Too many wrong passwords"]) {
        expect([subject, await unlock(stranger(), await tokenOf(person.email, subject))]).toEqual([subject, 204]);
      }
    });

    it("R56, R79: sees that somebody has the password, is mailed when its log-ins are used up, and gets in by the link", async () => {
      const person = await signUpProven(app);
      await setUpTotp(app, person);
      for (let round = 0; round < 3; round += 1) {
        // A wrong one is not counted there, even as the last try.
        expect(await tryPassword(stranger(), person.email)).toBe(401);
        expect(await tryPassword(stranger(), person.email, GOOD_PASSWORD)).toBe(200);
      }
      const owner = stranger();
      for (let more = 0; more < 2; more += 1) expect(await tryPassword(owner, person.email, GOOD_PASSWORD)).toBe(429);
      const mails = (await app.mailbox.to(person.email)).filter(({ subject }) => subject.startsWith("Too many"));
      expect(mails.map(({ subject }) => subject)).toEqual(["Too many log-ins"]);
      expect(await unlock(owner, await tokenOf(person.email, "Too many log-ins"))).toBe(204);
      expect(await tryPassword(owner, person.email, GOOD_PASSWORD)).toBe(200);
      const halves = async () => (await eventsOf(app, person)).filter((kind) => kind === "authn_login_half").length;
      await expect.poll(halves).toBe(4);
      // Wrong passwords are reported separately.
      app.clock.advance("1h");
      await shut(person.email);
      expect((await app.mailbox.last(person.email)).subject).toBe("Too many wrong passwords");
    });

    it("R79: half a log-in in a browser that is known is nothing new", async () => {
      const person = await signUpProven(app);
      await setUpTotp(app, person);
      await logInWithPasswordOnly(app, person, { client: person.client });
      await app.visitor().post("/api/auth/login", { json: { email: person.email, password: "wrong wrong" } });
      await expect.poll(() => eventsOf(app, person)).toContain("authn_login_fail");
      expect(await eventsOf(app, person)).not.toContain("authn_login_half");
    });
  });
});
