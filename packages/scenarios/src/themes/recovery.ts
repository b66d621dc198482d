import assert from "node:assert/strict";
import type { Account } from "@yumroad/contract";
import { race } from "@yumroad/testkit";
import { setUpTotp } from "../authenticator-app.ts";
import { answered, refused, statuses } from "../expectations.ts";
import {
  linkIn,
  logIn,
  newcomer,
  OTHER_PASSWORD,
  openPage,
  passwordResetLink,
  provenNewcomer,
  SESSION_COOKIE,
  tryLogIn,
  uniqueEmail,
  whoIs,
} from "../people.ts";
import type { Theme } from "../scenario.ts";
import type { TestEnvironment } from "../test-environment.ts";

export const recovery: Theme = {
  title: "A forgotten password",
  scenarios: [
    {
      name: "the answer is the same whether or not there is such an account, and a mail comes only if there is",
      rows: ["R59"],
      async run(env) {
        const { email } = await newcomer(env);
        const nobody = uniqueEmail();
        const ask = (address: string) =>
          answered(env.visitor().post("/api/auth/forgot-password", { json: { email: address } }), 202);
        const [known, unknown] = [await ask(email), await ask(nobody)];
        assert.deepEqual(withoutIds(known.headers), withoutIds(unknown.headers));
        assert.equal(known.text, unknown.text);
        await env.mail.next(email, "Choose a new password");
        assert.deepEqual(await env.mail.left(nobody, /./), []);
      },
    },
    {
      name: "an address gets one mail in five minutes, however often it is asked for",
      rows: ["R59"],
      alone: true,
      async run(env) {
        const { email } = await newcomer(env);
        await passwordResetLink(env, email);
        const ask = () => answered(env.visitor().post("/api/auth/forgot-password", { json: { email } }), 202);
        await ask();
        await ask();
        assert.deepEqual(await env.mail.left(email, "Choose a new password"), []);
        await env.clock.advance("5m");
        await passwordResetLink(env, email);
      },
    },
    {
      name: "a mailed link leads to the shop's own address, whatever Host the request came with",
      rows: ["R62"],
      async run(env) {
        const { email } = await newcomer(env);
        const headers = {
          Host: "evil.example",
          "X-Forwarded-Host": "evil.example",
          Origin: null,
          "Sec-Fetch-Site": null,
        };
        const { url } = await passwordResetLink(env, email, env.visitor({ headers }));
        assert.equal(url.origin, "https://shop.example");
      },
    },
    {
      name: "the token is in the fragment of the link, which no server is sent",
      rows: ["R62"],
      async run(env) {
        const { email } = await newcomer(env);
        const { url, token } = await passwordResetLink(env, email);
        assert.ok(token.length >= 22, "less than 128 bits");
        assert.ok(!(url.pathname + url.search).includes(token));
        assert.ok(!env.log().includes(token), "it is in the log");
      },
    },
    {
      name: "a way back that leads to a page of the shop is handed over once the link is used, and is not in the mail",
      rows: ["R24", "R26"],
      seenIn: "mailed-links.spec.ts › a mailed link that is opened in another tab keeps the way back",
      async run(env) {
        const nextOf = async (next: string) => {
          const { email } = await newcomer(env);
          await answered(env.visitor().post("/api/auth/forgot-password", { json: { email, next } }), 202);
          const { url, token } = linkIn(await env.mail.next(email, "Choose a new password"));
          assert.equal(url.pathname + url.search, "/reset-password");
          return (await answered(reset(env, token), 200)).json.next;
        };
        assert.equal(await nextOf("/products/new?from=mail#price"), "/products/new?from=mail#price");
        for (const bad of ["//evil.example", "/\\evil.example", "https://evil.example/"]) {
          assert.equal(await nextOf(bad), null, bad);
        }
      },
    },
    {
      name: "opening the link uses nothing up: GET and HEAD leave it good",
      rows: ["R61"],
      needs: ["pages"],
      async run(env) {
        const { email } = await newcomer(env);
        const { url, token } = await passwordResetLink(env, email);
        for (let round = 0; round < 3; round += 1) {
          await openPage(env.visitor(), url.pathname + url.search);
          await answered(env.visitor().head(url.pathname + url.search), 200);
          await refused(env.visitor().get(`/api/auth/reset-password?token=${token}`), "method_not_allowed");
        }
        await answered(reset(env, token), 200);
      },
    },
    {
      name: "a link is good once",
      rows: ["R60"],
      async run(env) {
        const person = await newcomer(env);
        const { token } = await passwordResetLink(env, person.email);
        await answered(reset(env, token), 200);
        await refused(reset(env, token, "a third one for the road"), "link_invalid");
        await logIn(env, { ...person, password: OTHER_PASSWORD });
      },
    },
    {
      name: "a link that is used many times at once works once",
      rows: ["R60"],
      async run(env) {
        const { email } = await newcomer(env);
        const { token } = await passwordResetLink(env, email);
        assert.deepEqual(statuses(await race(6, () => reset(env, token))), { 200: 1, 410: 5 });
      },
    },
    {
      name: "after an hour a link is over",
      rows: ["R60"],
      alone: true,
      async run(env) {
        const { email } = await newcomer(env);
        const { token } = await passwordResetLink(env, email);
        await env.clock.advance("61m");
        await refused(reset(env, token), "link_invalid");
      },
    },
    {
      name: "whoever asks for another link ends none of those before, three at most are good, and the one that is used ends the others",
      rows: ["R60"],
      alone: true,
      async run(env) {
        const { email } = await newcomer(env);
        const tokens: string[] = [];
        for (let time = 0; time < 3; time += 1) {
          tokens.push((await passwordResetLink(env, email)).token);
          await env.clock.advance("6m");
        }
        await answered(env.visitor().post("/api/auth/forgot-password", { json: { email } }), 202);
        assert.deepEqual(await env.mail.left(email, "Choose a new password"), []);
        await answered(reset(env, tokens[0] ?? ""), 200);
        for (const token of tokens) await refused(reset(env, token), "link_invalid");
      },
    },
    {
      name: "a link is for one purpose: one that confirms an address gives no new password, nor the other way round",
      rows: ["R60"],
      async run(env) {
        const { client, email } = await newcomer(env);
        const confirming = linkIn(await env.mail.next(email, "Confirm your email"));
        await refused(reset(env, confirming.token), "link_invalid");
        const { token } = await passwordResetLink(env, email);
        await refused(env.visitor().post("/api/auth/verify-email", { json: { token } }), "link_invalid");
        await refused(env.visitor().post("/api/auth/undo-email-change", { json: { token } }), "link_invalid");
        await refused(env.visitor().post("/api/auth/not-me", { json: { token } }), "link_invalid");
        assert.equal((await client.get<Account>("/api/account")).json.isEmailVerified, false);
      },
    },
    {
      name: "a made-up link and one that was cut short are no good",
      rows: ["R60"],
      async run(env) {
        const { email } = await newcomer(env);
        const { token } = await passwordResetLink(env, email);
        for (const odd of ["A".repeat(43), token.slice(0, -1), `${token}A`])
          await refused(reset(env, odd), "link_invalid");
        await refused(
          env.visitor().post("/api/auth/reset-password", { json: { token: [token], password: OTHER_PASSWORD } }),
          "invalid_input",
        );
      },
    },
    {
      name: "a new password ends all sessions, logs nobody in, and is the account's own and nobody else's",
      rows: ["R63"],
      seenIn:
        "account.spec.ts › R24, R65, R67, R68, R70: a lost password, a passkey, a second factor, another laptop, and all data to take along",
      async run(env) {
        const person = await newcomer(env);
        const bystander = await newcomer(env);
        const { token } = await passwordResetLink(env, person.email);
        const client = env.visitor();
        const answer = await answered(reset(env, token, OTHER_PASSWORD, client), 200);
        assert.ok(!answer.setCookies.some(({ name, value }) => name === SESSION_COOKIE && value !== ""));
        assert.deepEqual(await Promise.all([client, person.client, bystander.client].map(whoIs)), [
          null,
          null,
          bystander.email,
        ]);
        await refused(tryLogIn(env.visitor(), person), "invalid_credentials");
        await logIn(env, { ...person, password: OTHER_PASSWORD });
        await logIn(env, bystander);
      },
    },
    {
      name: "a new password is told by mail, and ends every other link that could get in",
      rows: ["R63"],
      async run(env) {
        const person = await newcomer(env);
        await logIn(env, person);
        const notMe = linkIn(await env.mail.next(person.email, /^New log-in/));
        const { token } = await passwordResetLink(env, person.email);
        await answered(reset(env, token), 200);
        await env.mail.next(person.email, "Your password was changed");
        await refused(env.visitor().post("/api/auth/not-me", { json: { token: notMe.token } }), "link_invalid");
      },
    },
    {
      name: "a new password gets around no second factor",
      rows: ["R63"],
      async run(env) {
        const person = await provenNewcomer(env);
        await setUpTotp(env, person);
        const { token } = await passwordResetLink(env, person.email);
        await answered(reset(env, token), 200);
        const client = env.visitor();
        await answered(tryLogIn(client, { ...person, password: OTHER_PASSWORD }), 200);
        assert.equal(await whoIs(client), null);
        await refused(client.get("/api/account"), "unauthenticated");
      },
    },
    {
      name: "a password that is too weak leaves the link as good as it was",
      rows: ["R45", "R60"],
      async run(env) {
        const { email } = await newcomer(env);
        const { token } = await passwordResetLink(env, email);
        await refused(reset(env, token, "password123"), "invalid_input");
        await answered(reset(env, token), 200);
      },
    },
    {
      name: "the operator's link for somebody works once, and lets them choose a password",
      rows: ["R60"],
      async run(env) {
        const person = await newcomer(env);
        const printed = await env.operate("reset-link", person.email);
        const { url, token } = linkIn({ link: () => printed.trim() });
        assert.equal(url.origin, "https://shop.example");
        await answered(reset(env, token), 200);
        await refused(reset(env, token), "link_invalid");
        await logIn(env, { ...person, password: OTHER_PASSWORD });
      },
    },
  ],
};

function reset(env: TestEnvironment, token: string, password = OTHER_PASSWORD, client = env.visitor()) {
  return client.post<{ next: string | null }>("/api/auth/reset-password", { json: { token, password } });
}

function withoutIds({ date: _, "x-request-id": __, ...headers }: Record<string, unknown>) {
  return headers;
}
