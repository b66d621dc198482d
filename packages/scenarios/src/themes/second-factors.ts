import assert from "node:assert/strict";
import type { Factors, RecoveryCodes, SessionState } from "@yumroad/contract";
import { type Client, race } from "@yumroad/testkit";
import { logInWithPasswordOnly, setUpTotp } from "../authenticator-app.ts";
import { answered, refused, statuses } from "../expectations.ts";
import { areInvalid, logIn, provenNewcomer, tryLogIn, whoIs, withCookies } from "../people.ts";
import type { Theme } from "../scenario.ts";

const give = (client: Client, code: string) => client.post<SessionState>("/api/auth/second-factor", { json: { code } });

// Setting up the app uses the code of the moment. The next code is accepted half a minute early.
const NEXT = 1;

export const secondFactors: Theme = {
  title: "A second factor",
  scenarios: [
    {
      name: "the password alone logs nobody in: it is half a session, which is nobody's",
      rows: ["R70", "R71"],
      seenIn:
        "account.spec.ts › R24, R65, R67, R68, R70: a lost password, a passkey, a second factor, another laptop, and all data to take along",
      async run(env) {
        const person = await provenNewcomer(env);
        await setUpTotp(env, person);
        const client = await logInWithPasswordOnly(env, person);
        const { json } = await answered(client.get<SessionState>("/api/auth/session"), 200);
        assert.ok(json.user === null && "secondFactors" in json);
        await refused(client.get("/api/account"), "unauthenticated");
        await refused(client.get("/api/account/sessions"), "unauthenticated");
        await refused(client.delete("/api/account/totp"), "unauthenticated");
      },
    },
    {
      name: "the code makes it a whole session, under a new id",
      rows: ["R4", "R71"],
      async run(env) {
        const person = await provenNewcomer(env);
        const { phone } = await setUpTotp(env, person);
        const client = await logInWithPasswordOnly(env, person);
        const before = client.cookies.snapshot();
        await answered(give(client, phone.code(NEXT)), 200);
        assert.equal(await whoIs(client), person.email);
        assert.ok(await areInvalid(env, before), "the half one's id is alive");
      },
    },
    {
      name: "a code is good once",
      rows: ["R70"],
      async run(env) {
        const person = await provenNewcomer(env);
        const { phone } = await setUpTotp(env, person);
        const code = phone.code(NEXT);
        await answered(give(await logInWithPasswordOnly(env, person), code), 200);
        await refused(give(await logInWithPasswordOnly(env, person), code), "invalid_code");
      },
    },
    {
      name: "a code that is given several times at once logs in once",
      rows: ["R70"],
      async run(env) {
        const person = await provenNewcomer(env);
        const { phone } = await setUpTotp(env, person);
        const code = phone.code(NEXT);
        const browsers = [1, 2, 3, 4].map(() => env.visitor());
        for (const client of browsers) await logInWithPasswordOnly(env, person, { client });
        const answers = await race(4, (index) => give(browsers[index] ?? env.visitor(), code));
        assert.deepEqual(statuses(answers), { 200: 1, 422: 3 });
      },
    },
    {
      name: "a code half a minute early or late is good, and one that is older is not",
      rows: ["R70"],
      alone: true,
      async run(env) {
        const person = await provenNewcomer(env);
        const { phone } = await setUpTotp(env, person);
        await env.clock.advance("5m");
        await refused(give(await logInWithPasswordOnly(env, person), phone.code(-2)), "invalid_code");
        await refused(give(await logInWithPasswordOnly(env, person), phone.code(3)), "invalid_code");
        await answered(give(await logInWithPasswordOnly(env, person), phone.code(-1)), 200);
        await answered(give(await logInWithPasswordOnly(env, person), phone.code(1)), 200);
      },
    },
    {
      name: "a recovery code is good once, however it is typed",
      rows: ["R70"],
      async run(env) {
        const person = await provenNewcomer(env);
        const { recoveryCodes } = await setUpTotp(env, person);
        const [code = ""] = recoveryCodes;
        const client = await logInWithPasswordOnly(env, person);
        await answered(give(client, code.toLowerCase().replaceAll("-", " ")), 200);
        await refused(give(await logInWithPasswordOnly(env, person), code), "invalid_code");
        const { json } = await answered(client.get<Factors>("/api/account/factors"), 200);
        assert.equal(json.recoveryCodesLeft, recoveryCodes.length - 1);
      },
    },
    {
      name: "one person's recovery code is nothing to another",
      rows: ["R70"],
      async run(env) {
        const [one, other] = [await provenNewcomer(env), await provenNewcomer(env)];
        const { recoveryCodes } = await setUpTotp(env, one);
        await setUpTotp(env, other);
        await refused(give(await logInWithPasswordOnly(env, other), recoveryCodes[0] ?? ""), "invalid_code");
      },
    },
    {
      name: "after five wrong codes the sixth try waits, be it the right one",
      rows: ["R54", "R70"],
      async run(env) {
        const person = await provenNewcomer(env);
        const { phone } = await setUpTotp(env, person);
        const client = await logInWithPasswordOnly(env, person);
        for (let tries = 0; tries < 5; tries += 1) await refused(give(client, phone.wrongCode()), "invalid_code");
        await refused(give(client, phone.code(NEXT)), "rate_limited");
      },
    },
    {
      name: "a log-in that stays half for ten minutes is over",
      rows: ["R71"],
      alone: true,
      async run(env) {
        const person = await provenNewcomer(env);
        const { phone } = await setUpTotp(env, person);
        const client = await logInWithPasswordOnly(env, person, { remember: true });
        await env.clock.advance("10m");
        await refused(give(client, phone.code()), "unauthenticated");
      },
    },
    {
      name: "a log-out in between is final: the code comes too late",
      rows: ["R17", "R71"],
      async run(env) {
        const person = await provenNewcomer(env);
        const { phone } = await setUpTotp(env, person);
        const client = await logInWithPasswordOnly(env, person);
        const before = client.cookies.snapshot();
        await answered(client.post("/api/auth/logout"), 204);
        client.cookies.restore(before);
        await refused(give(client, phone.code(NEXT)), "unauthenticated");
      },
    },
    {
      name: "setting an app up gives this session a new id, and ends those begun with a password alone",
      rows: ["R4", "R70"],
      async run(env) {
        const person = await provenNewcomer(env);
        const other = await logIn(env, person);
        const before = person.client.cookies.snapshot();
        await setUpTotp(env, person);
        assert.deepEqual(await Promise.all([person.client, other].map(whoIs)), [person.email, null]);
        assert.ok(await areInvalid(env, before), "the old id is alive");
      },
    },
    {
      name: "an app that was begun to be set up and not confirmed asks nobody for a code",
      rows: ["R70"],
      async run(env) {
        const person = await provenNewcomer(env);
        await answered(person.client.post("/api/account/totp"), 201);
        await logIn(env, person);
      },
    },
    {
      name: "without the app the password is enough again, and its recovery codes are gone",
      rows: ["R4", "R70"],
      async run(env) {
        const person = await provenNewcomer(env);
        await setUpTotp(env, person);
        const before = person.client.cookies.snapshot();
        await answered(person.client.delete("/api/account/totp"), 204);
        assert.ok(await areInvalid(env, before), "the old id is alive");
        await logIn(env, person);
        const { json } = await answered(person.client.get<Factors>("/api/account/factors"), 200);
        assert.deepEqual(json, { totpSince: null, recoveryCodesLeft: 0 });
      },
    },
    {
      name: "new recovery codes end the former ones",
      rows: ["R70"],
      async run(env) {
        const person = await provenNewcomer(env);
        const { recoveryCodes } = await setUpTotp(env, person);
        const renewed = await answered(person.client.post<RecoveryCodes>("/api/account/recovery-codes"), 200);
        await refused(give(await logInWithPasswordOnly(env, person), recoveryCodes[0] ?? ""), "invalid_code");
        await answered(give(await logInWithPasswordOnly(env, person), renewed.json.recoveryCodes[0] ?? ""), 200);
      },
    },
    {
      name: "of recovery codes renewed several times at once, those that are shown are those that work",
      rows: ["R4", "R70"],
      async run(env) {
        const person = await provenNewcomer(env);
        await setUpTotp(env, person);
        const before = person.client.cookies.snapshot();
        const twins = Array.from({ length: 8 }, () => withCookies(env, before));
        // The connections are open already, so that the server accepts all requests before the first one rotates the
        // session.
        await Promise.all(twins.map((client) => answered(client.get("/api/account"), 200)));
        const answers = await race(twins.length, (place) =>
          (twins[place] ?? person.client).post<RecoveryCodes>("/api/account/recovery-codes"),
        );
        const shown = answers.flatMap((answer) =>
          answer.status === "fulfilled" && answer.value.status === 200 ? [answer.value.json.recoveryCodes] : [],
        );
        assert.deepEqual(statuses(answers), { 200: 1, 401: 7 });
        await answered(give(await logInWithPasswordOnly(env, person), shown[0]?.[0] ?? ""), 200);
      },
    },
    {
      name: "where an app is set up, the password proves nothing without its code",
      rows: ["R69", "R70"],
      async run(env) {
        const person = await provenNewcomer(env);
        const { phone } = await setUpTotp(env, person);
        const prove = (code?: string) =>
          person.client.post("/api/account/reauthenticate", { json: { password: person.password, code } });
        await refused(prove(), "invalid_input");
        await refused(prove(phone.wrongCode()), "invalid_code");
        const before = person.client.cookies.snapshot();
        await answered(prove(phone.code(NEXT)), 200);
        assert.ok(await areInvalid(env, before), "the old id is alive");
        await refused(prove(phone.code(NEXT)), "invalid_code");
      },
    },
    {
      name: "half a log-in over somebody's session ends that session",
      rows: ["R19", "R71"],
      async run(env) {
        const first = await provenNewcomer(env);
        const second = await provenNewcomer(env);
        await setUpTotp(env, second);
        const before = first.client.cookies.snapshot();
        await answered(tryLogIn(first.client, second), 200);
        assert.equal(await whoIs(first.client), null);
        assert.ok(await areInvalid(env, before), "the first session is alive");
      },
    },
  ],
};
