import assert from "node:assert/strict";
import type { Account, Problem, User } from "@yumroad/contract";
import { race } from "@yumroad/testkit";
import { answered, refused, statuses } from "../expectations.ts";
import {
  areInvalid,
  linkIn,
  logIn,
  newcomer,
  OTHER_PASSWORD,
  openPage,
  provenNewcomer,
  tryLogIn,
  uniqueEmail,
  whoIs,
} from "../people.ts";
import type { Theme } from "../scenario.ts";

const signUp = (email: string, more: object = {}) => ({ name: "Ada", email, password: OTHER_PASSWORD, ...more });

export const signups: Theme = {
  title: "Sign-up",
  scenarios: [
    {
      name: "a sign-up makes an account with a store, and logs in",
      rows: ["R10"],
      seenIn: "accounts.spec.ts › sign-up makes an account and logs in; log-out ends that; log-in works again",
      async run(env) {
        const { client, user, email, ...person } = await newcomer(env, { name: "Mira Okafor" });
        assert.match(user.store.handle, /^mira-okafor/);
        assert.equal((await answered(client.get<Account>("/api/account"), 200)).json.user.email, email);
        await answered(client.get(`/api/stores/${user.store.handle}`), 200);
        await answered(client.post("/api/auth/logout"), 204);
        await logIn(env, { email, ...person }, { client });
      },
    },
    {
      name: "a sign-up over somebody's session ends that session",
      rows: ["R4", "R19"],
      async run(env) {
        const { client } = await newcomer(env);
        const before = client.cookies.snapshot();
        const other = await newcomer(env, { client });
        assert.equal(await whoIs(client), other.email);
        assert.ok(await areInvalid(env, before), "the first session is alive");
      },
    },
    {
      name: "an address that has an account is refused, in whatever case it is written",
      rows: ["R51"],
      seenIn: "accounts.spec.ts › an address that has an account is refused",
      async run(env) {
        const { email } = await newcomer(env);
        for (const spelling of [email, email.toUpperCase(), ` ${email} `]) {
          await refused(env.visitor().post("/api/auth/signup", { json: signUp(spelling) }), "email_taken");
        }
      },
    },
    {
      name: "of several sign-ups with one address at once, one makes an account",
      rows: ["R51"],
      async run(env) {
        const email = uniqueEmail();
        const answers = await race(5, () => env.visitor().post("/api/auth/signup", { json: signUp(email) }));
        assert.deepEqual(statuses(answers), { 201: 1, 409: 4 });
      },
    },
    {
      name: "people of one name who sign up at once get stores of their own",
      rows: ["R51"],
      async run(env) {
        const people = await Promise.all([1, 2, 3].map(() => newcomer(env, { name: "Noor Haddad" })));
        assert.equal(new Set(people.map(({ user }) => user.store.handle)).size, 3);
      },
    },
    {
      name: "a common password is refused with the reason",
      rows: ["R45"],
      seenIn: "accounts.spec.ts › a common password is refused with the reason",
      async run(env) {
        for (const password of ["password123", "qwertyuiop", "abcabcabcabc"]) {
          const json = signUp(uniqueEmail(), { password });
          const answer = await refused(env.visitor().post("/api/auth/signup", { json }), "invalid_input");
          assert.deepEqual(
            answer.json.issues?.map(({ path }) => path),
            [["password"]],
          );
        }
      },
    },
    {
      name: "a password that is one's own name or address with a few digits is refused",
      rows: ["R45"],
      async run(env) {
        const email = `quixote.${uniqueEmail()}`;
        for (const password of ["quixote99", "Persephone12", "yumroad2026", email]) {
          const json = signUp(email, { name: "Persephone", password });
          await refused(env.visitor().post("/api/auth/signup", { json }), "invalid_input");
        }
      },
    },
    {
      name: "a password of 128 characters is taken and every one of them counts; one of 129 is not taken",
      rows: ["R45", "R46"],
      async run(env) {
        const password = "a long walk by the sea, ".repeat(6).slice(0, 128);
        const person = await newcomer(env, { password });
        await logIn(env, person);
        const almost = { email: person.email, password: `${password.slice(0, 127)}?` };
        await refused(env.visitor().post("/api/auth/login", { json: almost }), "invalid_credentials");
        const json = signUp(uniqueEmail(), { password: `${password}!` });
        await refused(env.visitor().post("/api/auth/signup", { json }), "invalid_input");
      },
    },
    {
      name: "fields that nobody asked for are refused",
      rows: ["R52"],
      async run(env) {
        const odd = ['"role":"admin"', '"id":"1"', '"emailVerified":true', '"__proto__":{"role":"admin"}'];
        for (const field of odd) {
          const body = JSON.stringify(signUp(uniqueEmail())).replace(/}$/, `,${field}}`);
          const headers = { "Content-Type": "application/json" };
          await refused(env.visitor().post("/api/auth/signup", { body, headers }), "invalid_input");
        }
      },
    },
    {
      name: "a list where a text belongs is refused, and what is wrong is said field by field",
      rows: ["R52"],
      async run(env) {
        const json = { name: [], email: ["a@mail.example"], password: { length: 12 } };
        const { issues = [] } = (await refused(env.visitor().post("/api/auth/signup", { json }), "invalid_input")).json;
        assert.deepEqual(fieldsOf(issues), ["email", "name", "password"]);
      },
    },
    {
      name: "the link that confirms an address does nothing when it is opened, and does it when it is sent",
      rows: ["R61"],
      needs: ["pages"],
      seenIn: "mailed-links.spec.ts › opening the link to confirm an address does nothing, pressing the button does",
      async run(env) {
        const { client, email } = await newcomer(env);
        const { url, token } = linkIn(await env.mail.next(email, "Confirm your email"));
        const page = url.pathname + url.search;
        await openPage(env.visitor(), page);
        await answered(env.visitor().head(page), 200);
        await refused(env.visitor().get(`/api/auth/verify-email?token=${token}`), "method_not_allowed");
        const isVerified = async () => (await client.get<Account>("/api/account")).json.isEmailVerified;
        assert.equal(await isVerified(), false);
        await answered(client.post("/api/auth/verify-email", { json: { token } }), 200);
        assert.equal(await isVerified(), true);
        await refused(env.visitor().post("/api/auth/verify-email", { json: { token } }), "link_invalid");
      },
    },
    {
      name: "a click on the link confirms no account that somebody else has made: its password is asked for",
      rows: ["R63"],
      async run(env) {
        const { client, email, password } = await newcomer(env);
        const { token } = linkIn(await env.mail.next(email, "Confirm your email"));
        const confirm = (by: { password?: string }) =>
          env.visitor().post("/api/auth/verify-email", { json: { token, ...by } });
        await refused(confirm({}), "password_required");
        await refused(confirm({ password: "not the password" }), "invalid_credentials");
        assert.equal((await client.get<Account>("/api/account")).json.isEmailVerified, false);
        await answered(confirm({ password }), 200);
        assert.equal((await client.get<Account>("/api/account")).json.isEmailVerified, true);
      },
    },
    {
      name: "who did not create an account with their address says so, and can sign up with it at once",
      rows: ["R63"],
      seenIn: "mailed-links.spec.ts › whoever did not create the account with their email closes it, and signs up",
      async run(env) {
        const squatter = await newcomer(env);
        const { token } = linkIn(await env.mail.next(squatter.email, "Confirm your email"));
        await answered(env.visitor().post("/api/auth/disown", { json: { token } }), 200);
        assert.equal(await whoIs(squatter.client), null);
        await refused(tryLogIn(env.visitor(), squatter), "invalid_credentials");
        const owner = await provenNewcomer(env, { email: squatter.email });
        assert.notEqual(owner.user.id, squatter.user.id);
      },
    },
    {
      name: "before an address is proven its account gets no other way to log in",
      rows: ["R63"],
      async run(env) {
        const { client } = await newcomer(env);
        await refused(client.post("/api/account/totp"), "email_unverified");
        await refused(client.post("/api/account/totp/confirm", { json: { code: "123456" } }), "email_unverified");
        await refused(client.post("/api/account/passkey-options"), "email_unverified");
      },
    },
    {
      name: "what somebody calls themselves is text, and is told as it was typed",
      rows: ["R52"],
      async run(env) {
        const name = "<b>Zoë</b> & Søn";
        const { user } = await newcomer(env, { name });
        assert.equal((user satisfies User).name, name);
      },
    },
  ],
};

function fieldsOf(issues: NonNullable<Problem["issues"]>): unknown[] {
  return [...new Set(issues.map(({ path }) => path[0]))].sort();
}
