import type { Problem } from "@yumroad/contract";
import { type Client, race, statusesOf } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { logInWithPasswordOnly, setUpTotp } from "../../../test/authenticator-app.ts";
import {
  eventsOf,
  forgetPassword,
  mailedLink,
  NO_MAIL_LIMITS,
  proveAddress,
  refusedLinks,
} from "../../../test/mailed-links.ts";
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
import { accountNamed, userCommands } from "../../cli/user-commands.ts";

const PATH = "/api/auth/unlock";
const DEVICE = "__Host-yumroad-device";
const NEW_PASSWORD = "quince jelly under the stairs";
const HOUR = 3_600_000;
/** Low enough to be used up from one address, which has five tries. */
const FEW = { max: 4, windowMs: 24 * HOUR };

describe.each(storeKinds)("an account out of tries", (store) => {
  describe.skipIf(!canRunOn(store))(named("an account out of tries", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      const limits = { ...NO_MAIL_LIMITS, wrongPasswordsForAccount: FEW, wrongCodesForAccount: FEW };
      app = await createTestApp({ sessions: store, mail: true, limits });
    });
    afterAll(() => app.close());

    let addresses = 0;
    /** A new browser at an address of its own. */
    function stranger(): Client {
      addresses += 1;
      return app.visitor({ headers: { "X-Forwarded-For": `198.18.${addresses >> 8}.${addresses & 255}` } });
    }
    const tryPassword = async (client: Client, email: string, password = "not the password") =>
      (await client.post("/api/auth/login", { json: { email, password } })).status;
    async function useUp(email: string): Promise<void> {
      const client = stranger();
      for (let tries = 0; tries < FEW.max; tries += 1) expect(await tryPassword(client, email)).toBe(401);
    }
    const unlock = (client: Client, token: string) => client.post<Problem>(PATH, { json: { token } });
    const mailsOf = async (email: string) =>
      (await app.mailbox.to(email)).filter(({ subject }) => subject.startsWith("Too many"));
    /** A locked-out account, and the token that was mailed to its owner. */
    async function lockedOut(): Promise<Person & { token: string }> {
      const person = await app.signUp();
      await useUp(person.email);
      return { ...person, token: (await mailedLink(app, person.email)).token };
    }

    it("R56: its owner is mailed once a day when wrong passwords have used it up, and finds it in the activity", async () => {
      const person = await app.signUp();
      const client = stranger();
      for (let tries = 1; tries < FEW.max; tries += 1) await tryPassword(client, person.email);
      expect(await mailsOf(person.email)).toEqual([]);
      await tryPassword(client, person.email);
      for (let more = 0; more < 3; more += 1) expect(await tryPassword(stranger(), person.email)).toBe(429);
      const [mail, ...others] = await mailsOf(person.email);
      expect([mail?.subject, others]).toEqual(["Too many wrong passwords", []]);
      expect(mail?.link()).toMatch(/^https:\/\/shop\.example\/unlock#token=[\w-]{43}$/);
      expect((await eventsOf(app, person)).filter((kind) => kind === "authn_login_fail_max")).toHaveLength(1);
      app.clock.advance("24h");
      await useUp(person.email);
      expect(await mailsOf(person.email)).toHaveLength(2);
    });

    it("R12, R56: for an account that does not exist the same is noted, and nobody is mailed; nor is a disabled one", async () => {
      const nudge = vi.spyOn(app.dependencies.passwordResetWorker, "nudge").mockImplementation(() => {});
      const disabled = await app.signUp();
      await userCommands.disable?.(app.dependencies, await accountNamed(app.dependencies, disabled.email));
      const before = await app.dependencies.database.fork().execute<unknown[]>("select id from recovery_requests");
      for (const email of ["nobody@example.com", disabled.email]) {
        await useUp(email);
        expect(await tryPassword(stranger(), email)).toBe(429);
      }
      const noted = await app.dependencies.database.fork().execute<unknown[]>("select id from recovery_requests");
      expect(noted.length - before.length).toBe(2);
      nudge.mockRestore();
      for (const email of ["nobody@example.com", disabled.email]) expect(await mailsOf(email)).toEqual([]);
    });

    it("R56: the link gives the browser in which it is used five tries of its own, and no other one", async () => {
      const { email, token } = await lockedOut();
      const client = stranger();
      expect(await tryPassword(client, email, GOOD_PASSWORD)).toBe(429);
      const answer = await unlock(client, token);
      expect([answer.status, answer.text]).toEqual([204, ""]);
      expect(await whoIs(client)).toBeNull();
      for (let tries = 0; tries < 4; tries += 1) expect(await tryPassword(client, email)).toBe(401);
      expect(await tryPassword(stranger(), email, GOOD_PASSWORD)).toBe(429);
      expect(await tryPassword(client, email, GOOD_PASSWORD)).toBe(200);
      expect((await whoIs(client))?.email).toBe(email);
    });

    it("R56: five, however many come at once and however often its cookie is copied", async () => {
      const { email, token } = await lockedOut();
      const client = stranger();
      await unlock(client, token);
      const statuses = statusesOf(await race(12, async () => ({ status: await tryPassword(client.twin(), email) })));
      expect(statuses.filter((status) => status === 401)).toHaveLength(5);
      expect(await tryPassword(client, email, GOOD_PASSWORD)).toBe(429);
    });

    it("R56: they are over after an hour, and do not come back with a new one", async () => {
      const { email, token } = await lockedOut();
      const client = stranger();
      await unlock(client, token);
      app.clock.advance("59m");
      expect(await tryPassword(client, email)).toBe(401);
      app.clock.advance("1m");
      for (const later of ["1s", "1h", "2h"] as const) {
        app.clock.advance(later);
        expect(await tryPassword(client, email, GOOD_PASSWORD)).toBe(429);
      }
    });

    it("R56: they end when the account's browsers are revoked", async () => {
      const { email, token } = await lockedOut();
      const client = stranger();
      await unlock(client, token);
      for (const command of ["disable", "enable"]) {
        await userCommands[command]?.(app.dependencies, await accountNamed(app.dependencies, email));
      }
      expect(await tryPassword(client, email, GOOD_PASSWORD)).toBe(429);
    });

    it("R56: they are for the account that the link is about", async () => {
      const { token } = await lockedOut();
      const other = await app.signUp();
      await useUp(other.email);
      const client = stranger();
      await unlock(client, token);
      expect(await tryPassword(client, other.email, GOOD_PASSWORD)).toBe(429);
    });

    it("R60: works once, of twenty at once", async () => {
      const { token } = await lockedOut();
      const statuses = statusesOf(await race(20, () => unlock(stranger(), token)));
      expect(statuses.toSorted()).toEqual([204, ...Array.from({ length: 19 }, () => 410)]);
    });

    it("R60, R61: is nothing by looking, by another link, by one cut short, or after a day", async () => {
      const { token, ...person } = await lockedOut();
      const client = stranger();
      for (const path of ["/unlock", PATH, `${PATH}?token=${token}`]) {
        await client.get(path);
        await client.head(path);
      }
      app.logs.clear();
      const reset = await forgetPassword(app, person);
      for (const wrong of [token.slice(0, 42), "d".repeat(43), reset]) {
        expect((await unlock(client, wrong)).status).toBe(410);
      }
      const asReset = { json: { token, password: NEW_PASSWORD } };
      expect((await client.post("/api/auth/reset-password", asReset)).status).toBe(410);
      app.clock.advance("24h");
      expect((await unlock(client, token)).status).toBe(410);
      expect(refusedLinks(app)).toEqual([null, null, person.user.id, person.user.id, person.user.id]);
      expect(client.cookies.get(DEVICE)).toBeUndefined();
    });

    it("R56: a reset lifts what strangers' wrong passwords have used up, for everybody", async () => {
      const person = await app.signUp();
      const owner = stranger();
      const tries = 4;
      for (let tried = 0; tried < tries; tried += 1) await tryPassword(owner, person.email);
      expect(await tryPassword(owner, person.email, GOOD_PASSWORD)).toBe(429);
      const json = { token: await forgetPassword(app, person), password: NEW_PASSWORD };
      expect((await owner.post("/api/auth/reset-password", { json })).status).toBe(200);
      for (let tried = 0; tried < 3; tried += 1) expect(await tryPassword(owner, person.email)).toBe(401);
      expect(await tryPassword(owner, person.email, NEW_PASSWORD)).toBe(200);
      expect(await tryPassword(stranger(), person.email, NEW_PASSWORD)).toBe(200);
    });

    describe("for codes", () => {
      async function outOfCodes() {
        const person = await app.signUp();
        await proveAddress(app, person);
        const setUp = await setUpTotp(app, person);
        const thief = await beginLogin(person, stranger());
        const give = async (client: Client, code: string) =>
          (await client.post("/api/auth/second-factor", { json: { code } })).status;
        for (let tries = 0; tries < FEW.max; tries += 1) expect(await give(thief, setUp.phone.wrongCode())).toBe(422);
        app.clock.advance("30s");
        return { ...person, ...setUp, give };
      }
      const beginLogin = (person: Person, client: Client) => logInWithPasswordOnly(app, person, { client });

      it("R56: its owner is mailed a link by which one browser can give five more, once the password was right", async () => {
        const { phone, give, ...person } = await outOfCodes();
        expect((await mailsOf(person.email)).map(({ subject }) => subject)).toEqual(["Too many wrong codes"]);
        const { token } = await mailedLink(app, person.email);
        const client = stranger();
        expect((await unlock(client, token)).status).toBe(204);
        expect(await give(client, phone.code())).toBe(401);
        await beginLogin(person, client);
        for (let tries = 0; tries < 4; tries += 1) expect(await give(client, phone.wrongCode())).toBe(422);
        expect(await give(await beginLogin(person, stranger()), phone.code())).toBe(429);
        expect(await give(client, phone.code())).toBe(200);
        expect((await whoIs(client))?.email).toBe(person.email);
      });

      it("R56: tries of passwords and of codes are counted apart", async () => {
        const { phone, give, ...person } = await outOfCodes();
        await useUp(person.email);
        const { token } = await mailedLink(app, person.email);
        const client = stranger();
        await unlock(client, token);
        for (let tries = 0; tries < 4; tries += 1) expect(await tryPassword(client, person.email)).toBe(401);
        await beginLogin(person, client);
        for (let tries = 0; tries < 5; tries += 1) expect(await give(client, phone.wrongCode())).toBe(422);
        expect(await give(client, phone.code())).toBe(429);
      });

      it("R56: a reset does not lift wrong codes: whoever reads the mailbox could guess them without end", async () => {
        const { phone, give, ...person } = await outOfCodes();
        const json = { token: await forgetPassword(app, person), password: NEW_PASSWORD };
        const client = stranger();
        expect((await client.post("/api/auth/reset-password", { json })).status).toBe(200);
        const pending = await beginLogin({ ...person, password: NEW_PASSWORD }, client);
        expect(await give(pending, phone.code())).toBe(429);
      });

      it("R56: the link outlives the reset that its mail asks for first", async () => {
        const { phone, give, ...person } = await outOfCodes();
        const { token } = await mailedLink(app, person.email);
        const json = { token: await forgetPassword(app, person), password: NEW_PASSWORD };
        const client = stranger();
        await client.post("/api/auth/reset-password", { json });
        expect((await unlock(client, token)).status).toBe(204);
        const pending = await beginLogin({ ...person, password: NEW_PASSWORD }, client);
        expect(await give(pending, phone.code())).toBe(200);
      });
    });
  });
});
