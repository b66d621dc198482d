import assert from "node:assert/strict";
import type { SessionState } from "@yumroad/contract";
import { answered, refused } from "../expectations.ts";
import {
  areInvalid,
  KNOWN_BROWSER_COOKIE,
  logIn,
  newcomer,
  openPage,
  SESSION_COOKIE,
  sessionCookie,
  whoIs,
  withCookies,
} from "../people.ts";
import type { Theme } from "../scenario.ts";

export const logouts: Theme = {
  title: "Log-out",
  scenarios: [
    {
      name: "after a log-out the old cookie is dead from everywhere, at once",
      rows: ["R17"],
      seenIn: "cookies.spec.ts › after a log-out the old cookie opens nothing",
      async run(env) {
        const { client } = await newcomer(env);
        const before = client.cookies.snapshot();
        await answered(client.post("/api/auth/logout"), 204);
        assert.equal(await whoIs(client), null);
        assert.ok(await areInvalid(env, before), "a copy of the cookie is alive");
        await refused(withCookies(env, before).get("/api/account"), "unauthenticated");
      },
    },
    {
      name: "a log-out ends this session and none of the same person's others",
      rows: ["R17"],
      async run(env) {
        const person = await newcomer(env);
        const other = await logIn(env, person);
        await answered(person.client.post("/api/auth/logout"), 204);
        assert.equal(await whoIs(other), person.email);
      },
    },
    {
      name: "a log-out is a POST: GET does nothing and says so",
      rows: ["R15", "R16"],
      needs: ["pages"],
      async run(env) {
        const { client, email } = await newcomer(env);
        const answer = await refused(client.get("/api/auth/logout"), "method_not_allowed");
        assert.equal(answer.headers.allow, "POST");
        await openPage(client, "/logout");
        assert.equal(await whoIs(client), email);
      },
    },
    {
      name: "a log-out clears the cookie with the attributes it was set with, and the stored pages, not the known browser",
      rows: ["R15"],
      async run(env) {
        const { client } = await newcomer(env);
        const { path, secure, httpOnly, sameSite } = sessionCookie(client);
        const { setCookies, headers } = await answered(client.post("/api/auth/logout"), 204);
        const [cleared] = setCookies;
        assert.equal(setCookies.length, 1);
        assert.equal(cleared?.name, SESSION_COOKIE);
        assert.deepEqual(
          { path: cleared?.path, secure: cleared?.secure, httpOnly: cleared?.httpOnly, sameSite: cleared?.sameSite },
          { path, secure, httpOnly, sameSite },
        );
        assert.equal(headers["clear-site-data"], '"cache", "storage"');
        assert.equal(client.cookies.get(SESSION_COOKIE), undefined);
        assert.ok(client.cookies.get(KNOWN_BROWSER_COOKIE), "the browser is not known any more");
      },
    },
    {
      name: "a log-out without a session, or with a dead one, is done as well",
      rows: ["R15"],
      async run(env) {
        await answered(env.visitor().post("/api/auth/logout"), 204);
        const { client } = await newcomer(env);
        const dead = withCookies(env, client.cookies.snapshot());
        await answered(client.post("/api/auth/logout"), 204);
        const { setCookies } = await answered(dead.post("/api/auth/logout"), 204);
        assert.deepEqual(
          setCookies.map(({ name }) => name),
          [SESSION_COOKIE],
        );
      },
    },
    {
      name: "a page of another site can't log anybody out: not by an image, a form or a script",
      rows: ["R16"],
      seenIn: "cookies.spec.ts › another site can't log anybody out: not by an image, a form, or a script",
      async run(env) {
        const { client, email } = await newcomer(env);
        const evil = client.from("https://evil.example");
        await evil.get("/api/auth/logout", { mode: "no-cors", dest: "image" });
        await refused(evil.post("/api/auth/logout", { mode: "navigate", dest: "document" }), "csrf_rejected");
        await refused(evil.post("/api/auth/logout"), "csrf_rejected");
        // Acts as if the browser had sent the cookie.
        const cookie = `${SESSION_COOKIE}=${sessionCookie(client).value}`;
        await refused(evil.post("/api/auth/logout", { headers: { Cookie: cookie } }), "csrf_rejected");
        assert.equal(await whoIs(client), email);
      },
    },
    {
      name: "requests around a log-out, which have the session's use to note, do not bring it back",
      rows: ["R17"],
      alone: true,
      async run(env) {
        for (let round = 0; round < 5; round += 1) {
          const { client, email } = await newcomer(env);
          const before = client.cookies.snapshot();
          await env.clock.advance("2m");
          const read = () => withCookies(env, before).get<SessionState>("/api/auth/session");
          // Requests start before and after the logout: if the store handles several at a time, some write while it
          // ends the session.
          const readBefore = Array.from({ length: 4 }, read);
          const loggedOut = answered(client.post("/api/auth/logout"), 204);
          const readAfter = Array.from({ length: 4 }, read);
          await loggedOut;
          const answers = await Promise.all([...readBefore, ...readAfter]);
          assert.ok(
            answers.some(({ json }) => json.user?.email === email),
            "none of them had read the session",
          );
          assert.ok(await areInvalid(env, before), "the session is back");
        }
      },
    },
    {
      name: "a log-out while the id is being changed is final",
      rows: ["R17"],
      async run(env) {
        const { client, password } = await newcomer(env);
        const before = client.cookies.snapshot();
        const other = withCookies(env, before);
        let isLoggedOut = false;
        const proof = other
          .post("/api/account/reauthenticate", { json: { password } })
          .then((answer) => ({ answer, cameAfter: isLoggedOut }));
        await answered(client.post("/api/auth/logout"), 204);
        isLoggedOut = true;
        const { answer, cameAfter } = await proof;
        assert.ok(await areInvalid(env, before), "the old id is alive");
        if (cameAfter) assert.equal(answer.status, 401);
        if (answer.status === 401) assert.equal(await whoIs(other), null);
      },
    },
    {
      name: "twenty requests at once on one session lose nothing of it",
      rows: ["R21"],
      alone: true,
      async run(env) {
        const { client, email } = await newcomer(env);
        await env.clock.advance("2m");
        const asked = Array.from({ length: 20 }, () => client.get<SessionState>("/api/auth/session"));
        for (const answer of await Promise.all(asked)) assert.equal(answer.json.user?.email, email);
        assert.equal(await whoIs(client), email);
      },
    },
  ],
};
