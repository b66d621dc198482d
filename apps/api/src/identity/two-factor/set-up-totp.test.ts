import type { Activity, Factors, RecoveryCodes } from "@yumroad/contract";
import { race, statusesOf } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAuthenticatorApp, logInWithPasswordOnly, setUpTotp } from "../../../test/authenticator-app.ts";
import {
  canRunOn,
  createTestApp,
  named,
  type Person,
  storeKinds,
  type TestApp,
  whoIs,
} from "../../../test/test-app.ts";

const NAME = "__Host-yumroad";
const BEGIN = "/api/account/totp";
const CONFIRM = "/api/account/totp/confirm";
const RENEW = "/api/account/recovery-codes";

describe.each(storeKinds)("an authenticator app", (store) => {
  describe.skipIf(!canRunOn(store))(named("an authenticator app", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await createTestApp({ sessions: store });
    });
    afterAll(() => app.close());

    const begin = async ({ client }: Pick<Person, "client">) => {
      const { json } = await client.post<{ secret: string; uri: string }>(BEGIN);
      return { ...json, phone: createAuthenticatorApp(app, json.secret) };
    };
    const confirm = ({ client }: Pick<Person, "client">, code: string) =>
      client.post<RecoveryCodes & { code: string }>(CONFIRM, { json: { code } });
    const factorsOf = async ({ client }: Pick<Person, "client">) =>
      (await client.get<Factors>("/api/account/factors")).json;
    const idOf = ({ client }: Pick<Person, "client">) => client.cookies.get(NAME)?.value;
    const kindsIn = async ({ user }: Pick<Person, "user">) => {
      const sql = "select kind from activity where user_id = ? order by id";
      const rows = await app.dependencies.database.fork().execute<Pick<Activity, "kind">[]>(sql, [user.id]);
      return rows.map(({ kind }) => kind);
    };

    it("R70: is set up with its first code, and ten recovery codes are shown that once", async () => {
      const person = await app.signUp();
      expect(await factorsOf(person)).toEqual({ totpSince: null, recoveryCodesLeft: 0 });
      const { phone, uri, secret } = await begin(person);
      expect(uri).toContain(`secret=${secret}`);
      expect(await factorsOf(person)).toEqual({ totpSince: null, recoveryCodesLeft: 0 });
      const answer = await confirm(person, phone.code());
      expect(answer.status).toBe(200);
      const { recoveryCodes } = answer.json;
      expect(new Set(recoveryCodes).size).toBe(10);
      for (const code of recoveryCodes) expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
      expect(await factorsOf(person)).toEqual({
        totpSince: new Date(app.clock.now()).toISOString(),
        recoveryCodesLeft: 10,
      });
      expect(await kindsIn(person)).toContain("authn_factor_added");
    });

    it("R70: begun again, only the newest secret can be confirmed", async () => {
      const person = await app.signUp();
      const former = await begin(person);
      const newest = await begin(person);
      expect(newest.secret).not.toBe(former.secret);
      expect((await confirm(person, former.phone.code())).json.code).toBe("invalid_code");
      expect((await confirm(person, newest.phone.code())).status).toBe(200);
    });

    it("R70: once set up it is not set up again", async () => {
      const person = await app.signUp();
      const { phone } = await setUpTotp(app, person);
      for (const answer of [await person.client.post<{ code: string }>(BEGIN), await confirm(person, phone.code(1))]) {
        expect([answer.status, answer.json.code]).toEqual([409, "already_set_up"]);
      }
    });

    it("R70: a wrong code confirms nothing, nor does one where nothing was begun", async () => {
      const person = await app.signUp();
      const answers = [await confirm(person, "123456")];
      const { phone } = await begin(person);
      for (const code of [phone.wrongCode(), phone.code(2), phone.code(-2)]) answers.push(await confirm(person, code));
      for (const { status, json } of answers) expect([status, json.code]).toEqual([422, "invalid_code"]);
      expect((await factorsOf(person)).totpSince).toBeNull();
    });

    it("R54: wrong codes are counted here as well", async () => {
      const person = await app.signUp();
      const { phone } = await begin(person);
      const outcomes = await race(20, () => confirm(person, phone.wrongCode()));
      const statuses = statusesOf(outcomes);
      expect(statuses.filter((status) => status === 422)).toHaveLength(5);
      expect(statuses.filter((status) => status === 429)).toHaveLength(15);
      expect((await confirm(person, phone.code())).status).toBe(429);
      app.clock.advance("15m");
    });

    it("R70: confirmed 20 times at once, it is set up once and with ten recovery codes", async () => {
      const person = await app.signUp();
      const { phone } = await begin(person);
      const cookies = person.client.cookies.snapshot();
      const outcomes = await race(20, () => {
        const client = person.client.twin(cookies);
        return confirm({ client }, phone.code());
      });
      const statuses = statusesOf(outcomes);
      expect(statuses.filter((status) => status === 200)).toHaveLength(1);
      const sql = "select count(*) as count from recovery_codes where user_id = ?";
      const [row] = await app.dependencies.database.fork().execute<{ count: number }[]>(sql, [person.user.id]);
      expect(Number(row?.count)).toBe(10);
      // The codes that were shown are the codes that are stored.
      const shown = outcomes.flatMap((outcome) =>
        outcome.status === "fulfilled" && outcome.value.status === 200 ? outcome.value.json.recoveryCodes : [],
      );
      const pending = await logInWithPasswordOnly(app, person);
      expect((await pending.post("/api/auth/second-factor", { json: { code: shown[0] } })).status).toBe(200);
    });

    it("R4: setting it up gives this session a new id and ends all others", async () => {
      const person = await app.signUp();
      const elsewhere = await app.logIn(person);
      const bystander = await app.signUp();
      const before = person.client.cookies.snapshot();
      await setUpTotp(app, person);
      const old = person.client.twin(before);
      expect(idOf(person)).not.toBe(idOf({ client: old }));
      expect(await whoIs(person.client)).toEqual(person.user);
      expect(await whoIs(old)).toBeNull();
      expect(await whoIs(elsewhere.client)).toBeNull();
      expect(await whoIs(bystander.client)).not.toBeNull();
    });

    it("R70: a log-in under way while it is set up gets no whole session for its password", async () => {
      const person = await app.signUp();
      const { hasher } = app.dependencies;
      const verify = hasher.verify.bind(hasher);
      hasher.verify = async (...given) => {
        hasher.verify = verify;
        const verification = await verify(...given);
        await setUpTotp(app, person);
        return verification;
      };
      const late = await logInWithPasswordOnly(app, person);
      expect(await whoIs(late)).toBeNull();
      expect((await late.get("/api/account")).status).toBe(401);
    });

    it("R70: is taken away together with its recovery codes, and a password is enough again", async () => {
      const person = await app.signUp();
      await setUpTotp(app, person);
      const before = idOf(person);
      expect((await person.client.delete(BEGIN)).status).toBe(204);
      expect(idOf(person)).not.toBe(before);
      expect(await factorsOf(person)).toEqual({ totpSince: null, recoveryCodesLeft: 0 });
      expect(await whoIs((await app.logIn(person)).client)).not.toBeNull();
      expect(await kindsIn(person)).toContain("authn_factor_removed");
      expect((await person.client.delete(BEGIN)).status).toBe(204);
      const { phone } = await begin(person);
      expect((await confirm(person, phone.code())).status).toBe(200);
    });

    it("R70: recovery codes can be had anew: the former ones are dead, ten are left, the session has a new id", async () => {
      const person = await app.signUp();
      const { recoveryCodes: former } = await setUpTotp(app, person);
      const before = idOf(person);
      const { status, json } = await person.client.post<RecoveryCodes>(RENEW);
      expect(status).toBe(200);
      expect(idOf(person)).not.toBe(before);
      expect(json.recoveryCodes.filter((code) => former.includes(code))).toEqual([]);
      expect((await factorsOf(person)).recoveryCodesLeft).toBe(10);
      const pending = await logInWithPasswordOnly(app, person);
      const give = (code: string | undefined) => pending.post("/api/auth/second-factor", { json: { code } });
      expect((await give(former[0])).status).toBe(422);
      expect((await give(json.recoveryCodes[0])).status).toBe(200);
      expect(await kindsIn(person)).toContain("authn_recovery_codes_renewed");
    });

    it("R70: renewed 20 times at once, ten are left", async () => {
      const person = await app.signUp();
      await setUpTotp(app, person);
      const cookies = person.client.cookies.snapshot();
      await race(20, () => {
        const client = person.client.twin(cookies);
        return client.post(RENEW);
      });
      const sql = "select count(*) as count from recovery_codes where user_id = ?";
      const [row] = await app.dependencies.database.fork().execute<{ count: number }[]>(sql, [person.user.id]);
      expect(Number(row?.count)).toBe(10);
    });

    it("without an authenticator app, or with one that is not confirmed, there are no recovery codes to renew", async () => {
      const person = await app.signUp();
      expect((await person.client.post(RENEW)).status).toBe(404);
      await begin(person);
      expect((await person.client.post(RENEW)).status).toBe(404);
    });

    it("R69: all of it asks for a fresh proof after ten minutes, and works again after one", async () => {
      const person = await app.signUp();
      const { phone } = await begin(person);
      app.clock.advance("11m");
      const answers = [
        await person.client.post<{ code: string }>(BEGIN),
        await confirm(person, phone.code()),
        await person.client.delete<{ code: string }>(BEGIN),
        await person.client.post<{ code: string }>(RENEW),
      ];
      for (const { status, json } of answers) expect([status, json.code]).toEqual([403, "reauth_required"]);
      await person.client.post("/api/account/reauthenticate", { json: { password: person.password } });
      expect((await confirm(person, phone.code())).status).toBe(200);
    });

    it("R69: none of it is a proof: what was fresh before it is no longer fresh for it", async () => {
      const person = await app.signUp();
      const { phone } = await begin(person);
      app.clock.advance("9m");
      expect((await confirm(person, phone.code())).status).toBe(200);
      expect((await person.client.post(RENEW)).status).toBe(200);
      expect((await person.client.delete(BEGIN)).status).toBe(204);
      app.clock.advance("2m");
      expect((await person.client.post<{ code: string }>(BEGIN)).json.code).toBe("reauth_required");
    });

    it("R4, R70: is not set up when this session has ended meanwhile, and all others go on", async () => {
      const person = await app.signUp();
      const elsewhere = await app.logIn(person);
      const { phone } = await begin(person);
      const otherTab = person.client.twin();
      const { sessionStore } = app.dependencies;
      const move = sessionStore.move.bind(sessionStore);
      sessionStore.move = async (...given) => {
        sessionStore.move = move;
        await otherTab.post("/api/auth/logout");
        return move(...given);
      };
      const answer = await confirm(person, phone.code());
      expect([answer.status, answer.setCookies]).toEqual([401, []]);
      expect(await whoIs(elsewhere.client)).toEqual(person.user);
      expect((await factorsOf(elsewhere)).totpSince).toBeNull();
    });

    it("R70: neither a row nor a line of the log holds a secret or a code", async () => {
      const person = await app.signUp();
      const { phone, recoveryCodes } = await setUpTotp(app, person);
      const em = app.dependencies.database.fork();
      const rows = JSON.stringify([
        await em.execute("select * from totp_factors"),
        await em.execute("select * from recovery_codes"),
        await em.execute("select * from activity"),
      ]);
      for (const secret of [phone.secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll("-", ""))]) {
        expect(rows).not.toContain(secret);
        expect(app.logs.text).not.toContain(secret);
      }
      expect(app.logs.text).not.toContain(phone.code());
    });
  });
});
