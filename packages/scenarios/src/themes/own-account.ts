import assert from "node:assert/strict";
import type { Account, Activity, Problem, Product } from "@yumroad/contract";
import { answered, eventually, refused } from "../expectations.ts";
import {
  areInvalid,
  linkIn,
  logIn,
  newcomer,
  OTHER_PASSWORD,
  type Person,
  provenNewcomer,
  tryLogIn,
  uniqueEmail,
  whoIs,
} from "../people.ts";
import type { Theme } from "../scenario.ts";
import type { TestEnvironment } from "../test-environment.ts";

export const ownAccount: Theme = {
  title: "One's own account",
  scenarios: [
    {
      name: "a new password needs the current one",
      rows: ["R53"],
      async run(env) {
        const person = await newcomer(env);
        const json = { currentPassword: "not this one", password: OTHER_PASSWORD };
        await refused(person.client.post("/api/account/password", { json }), "invalid_credentials");
        await logIn(env, person);
      },
    },
    {
      name: "a new password goes on here under a new id, and ends all other sessions",
      rows: ["R4", "R53"],
      async run(env) {
        const person = await newcomer(env);
        const other = await logIn(env, person);
        const before = person.client.cookies.snapshot();
        await changePassword(person);
        assert.equal(await whoIs(person.client), person.email);
        assert.equal(await whoIs(other), null);
        assert.ok(await areInvalid(env, before), "the old id is alive");
      },
    },
    {
      name: "a new password opens, the former one does not any more, and its owner is told by mail",
      rows: ["R53"],
      async run(env) {
        const person = await newcomer(env);
        await changePassword(person);
        await refused(tryLogIn(env.visitor(), person), "invalid_credentials");
        await logIn(env, { email: person.email, password: OTHER_PASSWORD });
        await env.mail.next(person.email, "Your password was changed");
      },
    },
    {
      name: "eleven minutes after the log-in, what could take the account away asks for the password again",
      rows: ["R69"],
      alone: true,
      async run(env) {
        const { client, password } = await newcomer(env);
        await env.clock.advance("11m");
        const json = { currentPassword: password, password: OTHER_PASSWORD };
        await refused(client.post("/api/account/password", { json }), "reauth_required");
        await refused(client.post("/api/account/email", { json: { email: uniqueEmail() } }), "reauth_required");
        await refused(client.post("/api/account/totp"), "reauth_required");
        await refused(client.post("/api/account/passkey-options"), "reauth_required");
        await refused(client.post("/api/account/export"), "reauth_required");
        await refused(client.post("/api/account/deletion"), "reauth_required");
        await answered(client.get("/api/account"), 200);
        await answered(client.delete("/api/account/sessions"), 204);
      },
    },
    {
      name: "the password makes it good for another ten minutes, under a new id",
      rows: ["R4", "R69"],
      alone: true,
      async run(env) {
        const { client, password } = await provenNewcomer(env);
        await env.clock.advance("11m");
        const before = client.cookies.snapshot();
        await answered(client.post("/api/account/reauthenticate", { json: { password } }), 200);
        assert.ok(await areInvalid(env, before), "the old id is alive");
        await answered(client.post("/api/account/passkey-options"), 200);
        await env.clock.advance("11m");
        await refused(client.post("/api/account/passkey-options"), "reauth_required");
      },
    },
    {
      name: "to prove oneself does not put off the day on which a session ends",
      rows: ["R66", "R69"],
      alone: true,
      async run(env) {
        const { client, password, email } = await newcomer(env);
        for (let day = 1; day <= 6; day += 1) {
          await env.clock.advance("23h");
          await answered(client.post("/api/account/reauthenticate", { json: { password } }), 200);
        }
        assert.equal(await whoIs(client), email);
        await env.clock.advance("23h");
        await answered(client.get("/api/auth/session"), 200);
        await env.clock.advance("8h");
        assert.equal(await whoIs(client), null);
      },
    },
    {
      name: "wrong passwords at that question count like wrong ones at the log-in",
      rows: ["R54", "R69"],
      async run(env) {
        const { client, password } = await newcomer(env);
        const ask = (given: string) =>
          client.post<Problem>("/api/account/reauthenticate", { json: { password: given } });
        // A known browser has ten attempts.
        for (let tries = 0; tries < 10; tries += 1) await refused(ask("not this one"), "invalid_credentials");
        await refused(ask(password), "rate_limited");
      },
    },
    {
      name: "a new address takes effect once it is confirmed there, and not before; other browsers are out",
      rows: ["R4", "R64"],
      async run(env) {
        const person = await newcomer(env);
        const other = await logIn(env, person);
        const { email, token } = await askForAddress(env, person);
        await env.mail.next(person.email, "Your email is about to change");
        assert.equal((await person.client.get<Account>("/api/account")).json.user.email, person.email);
        const before = person.client.cookies.snapshot();
        await answered(person.client.post("/api/auth/verify-email", { json: { token } }), 200);
        assert.deepEqual(await Promise.all([person.client, other].map(whoIs)), [email, null]);
        assert.ok(await areInvalid(env, before), "the old id is alive");
        await logIn(env, { ...person, email });
      },
    },
    {
      name: "the former address can undo it, which ends all sessions",
      rows: ["R64"],
      async run(env) {
        const person = await provenNewcomer(env);
        const { email, token } = await askForAddress(env, person);
        await answered(person.client.post("/api/auth/verify-email", { json: { token } }), 200);
        const undo = linkIn(await env.mail.next(person.email, "Your email was changed"));
        await answered(env.visitor().post("/api/auth/undo-email-change", { json: { token: undo.token } }), 200);
        assert.equal(await whoIs(person.client), null);
        await refused(tryLogIn(env.visitor(), { ...person, email }), "invalid_credentials");
        await logIn(env, person);
      },
    },
    {
      name: "somebody else's address can't be taken, nor one that somebody else could have back",
      rows: ["R64"],
      async run(env) {
        const person = await provenNewcomer(env);
        const other = await newcomer(env);
        const take = (email: string) => other.client.post("/api/account/email", { json: { email } });
        await refused(take(person.email), "email_taken");
        const { token } = await askForAddress(env, person);
        await answered(person.client.post("/api/auth/verify-email", { json: { token } }), 200);
        await refused(take(person.email), "email_taken");
      },
    },
    {
      name: "all of one's data is one file, which is nobody's to store",
      rows: ["R43", "R65"],
      async run(env) {
        const { client } = await newcomer(env);
        const { bytes, headers } = await answered(client.post("/api/account/export"), 200);
        assert.equal(bytes.subarray(0, 2).toString(), "PK");
        assert.match(String(headers["content-disposition"]), /^attachment; filename="?yumroad-/);
        assert.equal(headers["cache-control"], "no-store");
        await refused(env.visitor().post("/api/account/export"), "unauthenticated");
      },
    },
    {
      name: "what has happened to an account is on its owner's page, and on nobody else's",
      rows: ["R78", "R79"],
      async run(env) {
        const person = await newcomer(env);
        const other = await newcomer(env);
        await refused(tryLogIn(env.visitor(), { ...person, password: "not this one" }), "invalid_credentials");
        await logIn(env, person);
        const kindsOf = async ({ client }: Person) =>
          (await answered(client.get<{ items: Activity[] }>("/api/account/activity"), 200)).json.items.map(
            ({ kind }) => kind,
          );
        const wanted = ["authn_login_success", "authn_login_fail", "user_created"] as const;
        await eventually(
          async () => (await kindsOf(person)).length === wanted.length,
          "three lines on the page of what has happened",
        );
        assert.deepEqual((await kindsOf(person)).sort(), wanted.toSorted());
        assert.deepEqual(await kindsOf(other), ["user_created"]);
      },
    },
    {
      name: "an account that is to be deleted can be logged in to until its day, and its store shows nothing",
      rows: ["R65"],
      alone: true,
      async run(env) {
        const person = await newcomer(env);
        const json = { name: "Last thing", price: { amount: 100, currency: "EUR" } };
        const { slug } = (await answered(person.client.post<Product>("/api/products", { json }), 201)).json;
        await answered(person.client.post("/api/account/deletion"), 200);
        await refused(env.visitor().get(`/api/products/${slug}`), "not_found");
        await env.clock.advance("6d");
        const client = await logIn(env, person);
        assert.notEqual((await client.get<Account>("/api/account")).json.deletionAt, null);
        await answered(client.delete("/api/account/deletion"), 200);
        await answered(env.visitor().get(`/api/products/${slug}`), 200);
      },
    },
  ],
};

async function changePassword({ client, password }: Person): Promise<void> {
  const json = { currentPassword: password, password: OTHER_PASSWORD };
  await answered(client.post("/api/account/password", { json }), 200);
}

async function askForAddress(env: TestEnvironment, { client }: Person): Promise<{ email: string; token: string }> {
  const email = uniqueEmail();
  await answered(client.post("/api/account/email", { json: { email } }), 202);
  return { email, token: linkIn(await env.mail.next(email, "Confirm your new email")).token };
}
