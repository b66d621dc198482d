import assert from "node:assert/strict";
import type { Account } from "@yumroad/contract";
import { race } from "@yumroad/testkit";
import { setUpTotp } from "../authenticator-app.ts";
import { answered, refused, statuses } from "../expectations.ts";
import {
  forgottenLink,
  linkIn,
  logIn,
  newcomer,
  OTHER_PASSWORD,
  openPage,
  provenNewcomer,
  SESSION_COOKIE,
  someAddress,
  tryLogIn,
  whoIs,
} from "../people.ts";
import type { Theme } from "../scenario.ts";
import type { World } from "../world.ts";

export const recovery: Theme = {
  title: "A forgotten password",
  scenarios: [
    {
      name: "the answer is the same whether or not there is such an account, and a mail comes only if there is",
      rows: ["R59"],
      async run(world) {
        const { email } = await newcomer(world);
        const nobody = someAddress();
        const ask = (address: string) =>
          answered(world.visitor().post("/api/auth/forgot-password", { json: { email: address } }), 202);
        const [known, unknown] = [await ask(email), await ask(nobody)];
        assert.deepEqual(withoutIds(known.headers), withoutIds(unknown.headers));
        assert.equal(known.text, unknown.text);
        await world.mail.next(email, "Choose a new password");
        assert.deepEqual(await world.mail.left(nobody, /./), []);
      },
    },
    {
      name: "an address gets one mail in five minutes, however often it is asked for",
      rows: ["R59"],
      alone: true,
      async run(world) {
        const { email } = await newcomer(world);
        await forgottenLink(world, email);
        const ask = () => answered(world.visitor().post("/api/auth/forgot-password", { json: { email } }), 202);
        await ask();
        await ask();
        assert.deepEqual(await world.mail.left(email, "Choose a new password"), []);
        await world.clock.advance("5m");
        await forgottenLink(world, email);
      },
    },
    {
      name: "a mailed link leads to the shop's own address, whatever Host the request came with",
      rows: ["R62"],
      async run(world) {
        const { email } = await newcomer(world);
        const headers = {
          Host: "evil.example",
          "X-Forwarded-Host": "evil.example",
          Origin: null,
          "Sec-Fetch-Site": null,
        };
        const { url } = await forgottenLink(world, email, world.visitor({ headers }));
        assert.equal(url.origin, "https://shop.example");
      },
    },
    {
      name: "the token is in the fragment of the link, which no server is sent",
      rows: ["R62"],
      async run(world) {
        const { email } = await newcomer(world);
        const { url, token } = await forgottenLink(world, email);
        assert.ok(token.length >= 22, "less than 128 bits");
        assert.ok(!(url.pathname + url.search).includes(token));
        assert.ok(!world.log().includes(token), "it is in the log");
      },
    },
    {
      name: "a way back that leads to a page of the shop is handed over once the link is used, and is not in the mail",
      rows: ["R24", "R26"],
      seenIn: "mailed-links.spec.ts › a mailed link that is opened in another tab keeps the way back",
      async run(world) {
        const nextOf = async (next: string) => {
          const { email } = await newcomer(world);
          await answered(world.visitor().post("/api/auth/forgot-password", { json: { email, next } }), 202);
          const { url, token } = linkIn(await world.mail.next(email, "Choose a new password"));
          assert.equal(url.pathname + url.search, "/reset-password");
          return (await answered(reset(world, token), 200)).json.next;
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
      async run(world) {
        const { email } = await newcomer(world);
        const { url, token } = await forgottenLink(world, email);
        for (let round = 0; round < 3; round += 1) {
          await openPage(world.visitor(), url.pathname + url.search);
          await answered(world.visitor().head(url.pathname + url.search), 200);
          await refused(world.visitor().get(`/api/auth/reset-password?token=${token}`), "method_not_allowed");
        }
        await answered(reset(world, token), 200);
      },
    },
    {
      name: "a link is good once",
      rows: ["R60"],
      async run(world) {
        const person = await newcomer(world);
        const { token } = await forgottenLink(world, person.email);
        await answered(reset(world, token), 200);
        await refused(reset(world, token, "a third one for the road"), "link_invalid");
        await logIn(world, { ...person, password: OTHER_PASSWORD });
      },
    },
    {
      name: "a link that is used many times at once works once",
      rows: ["R60"],
      async run(world) {
        const { email } = await newcomer(world);
        const { token } = await forgottenLink(world, email);
        assert.deepEqual(statuses(await race(6, () => reset(world, token))), { 200: 1, 410: 5 });
      },
    },
    {
      name: "after an hour a link is over",
      rows: ["R60"],
      alone: true,
      async run(world) {
        const { email } = await newcomer(world);
        const { token } = await forgottenLink(world, email);
        await world.clock.advance("61m");
        await refused(reset(world, token), "link_invalid");
      },
    },
    {
      name: "whoever asks for another link ends none of those before, three at most are good, and the one that is used ends the others",
      rows: ["R60"],
      alone: true,
      async run(world) {
        const { email } = await newcomer(world);
        const tokens: string[] = [];
        for (let time = 0; time < 3; time += 1) {
          tokens.push((await forgottenLink(world, email)).token);
          await world.clock.advance("6m");
        }
        await answered(world.visitor().post("/api/auth/forgot-password", { json: { email } }), 202);
        assert.deepEqual(await world.mail.left(email, "Choose a new password"), []);
        await answered(reset(world, tokens[0] ?? ""), 200);
        for (const token of tokens) await refused(reset(world, token), "link_invalid");
      },
    },
    {
      name: "a link is for one purpose: one that confirms an address gives no new password, nor the other way round",
      rows: ["R60"],
      async run(world) {
        const { client, email } = await newcomer(world);
        const confirming = linkIn(await world.mail.next(email, "Confirm your email"));
        await refused(reset(world, confirming.token), "link_invalid");
        const { token } = await forgottenLink(world, email);
        await refused(world.visitor().post("/api/auth/verify-email", { json: { token } }), "link_invalid");
        await refused(world.visitor().post("/api/auth/undo-email-change", { json: { token } }), "link_invalid");
        await refused(world.visitor().post("/api/auth/not-me", { json: { token } }), "link_invalid");
        assert.equal((await client.get<Account>("/api/account")).json.isEmailVerified, false);
      },
    },
    {
      name: "a made-up link and one that was cut short are no good",
      rows: ["R60"],
      async run(world) {
        const { email } = await newcomer(world);
        const { token } = await forgottenLink(world, email);
        for (const odd of ["A".repeat(43), token.slice(0, -1), `${token}A`])
          await refused(reset(world, odd), "link_invalid");
        await refused(
          world.visitor().post("/api/auth/reset-password", { json: { token: [token], password: OTHER_PASSWORD } }),
          "invalid_input",
        );
      },
    },
    {
      name: "a new password ends all sessions, logs nobody in, and is the account's own and nobody else's",
      rows: ["R63"],
      seenIn:
        "account.spec.ts › a lost password, a passkey, a second factor, another laptop, and all data to take along",
      async run(world) {
        const person = await newcomer(world);
        const bystander = await newcomer(world);
        const { token } = await forgottenLink(world, person.email);
        const client = world.visitor();
        const answer = await answered(reset(world, token, OTHER_PASSWORD, client), 200);
        assert.ok(!answer.setCookies.some(({ name, value }) => name === SESSION_COOKIE && value !== ""));
        assert.deepEqual(await Promise.all([client, person.client, bystander.client].map(whoIs)), [
          null,
          null,
          bystander.email,
        ]);
        await refused(tryLogIn(world.visitor(), person), "invalid_credentials");
        await logIn(world, { ...person, password: OTHER_PASSWORD });
        await logIn(world, bystander);
      },
    },
    {
      name: "a new password is told by mail, and ends every other link that could get in",
      rows: ["R63"],
      async run(world) {
        const person = await newcomer(world);
        await logIn(world, person);
        const notMe = linkIn(await world.mail.next(person.email, /^New log-in/));
        const { token } = await forgottenLink(world, person.email);
        await answered(reset(world, token), 200);
        await world.mail.next(person.email, "Your password was changed");
        await refused(world.visitor().post("/api/auth/not-me", { json: { token: notMe.token } }), "link_invalid");
      },
    },
    {
      name: "a new password gets around no second factor",
      rows: ["R63"],
      async run(world) {
        const person = await provenNewcomer(world);
        await setUpTotp(world, person);
        const { token } = await forgottenLink(world, person.email);
        await answered(reset(world, token), 200);
        const client = world.visitor();
        await answered(tryLogIn(client, { ...person, password: OTHER_PASSWORD }), 200);
        assert.equal(await whoIs(client), null);
        await refused(client.get("/api/account"), "unauthenticated");
      },
    },
    {
      name: "a password that is too weak leaves the link as good as it was",
      rows: ["R45", "R60"],
      async run(world) {
        const { email } = await newcomer(world);
        const { token } = await forgottenLink(world, email);
        await refused(reset(world, token, "password123"), "invalid_input");
        await answered(reset(world, token), 200);
      },
    },
    {
      name: "the operator's link for somebody works once, and lets them choose a password",
      rows: ["R60"],
      async run(world) {
        const person = await newcomer(world);
        const printed = await world.operate("reset-link", person.email);
        const { url, token } = linkIn({ link: () => printed.trim() });
        assert.equal(url.origin, "https://shop.example");
        await answered(reset(world, token), 200);
        await refused(reset(world, token), "link_invalid");
        await logIn(world, { ...person, password: OTHER_PASSWORD });
      },
    },
  ],
};

function reset(world: World, token: string, password = OTHER_PASSWORD, client = world.visitor()) {
  return client.post<{ next: string | null }>("/api/auth/reset-password", { json: { token, password } });
}

function withoutIds({ date: _, "x-request-id": __, ...headers }: Record<string, unknown>) {
  return headers;
}
