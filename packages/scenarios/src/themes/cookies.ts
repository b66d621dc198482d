import assert from "node:assert/strict";
import type { LiveSession, SessionState } from "@yumroad/contract";
import { answered, refused } from "../expectations.ts";
import {
  areInvalid,
  KNOWN_BROWSER_COOKIE,
  logIn,
  newcomer,
  SESSION_COOKIE,
  sessionCookie,
  tryLogIn,
  whoIs,
} from "../people.ts";
import type { Theme } from "../scenario.ts";

const DAY = 86_400_000;

export const cookies: Theme = {
  title: "The cookie and the session's id",
  scenarios: [
    {
      name: "the session's cookie is bound to the host, secure, out of scripts' reach, and lax",
      rows: ["R1"],
      seenIn: "over-https.spec.ts › over https the cookie is bound to the host and secure, and the way back works",
      async run(env) {
        const { client } = await newcomer(env);
        const { httpOnly, secure, sameSite, path, domain, endsAt } = sessionCookie(client);
        assert.deepEqual(
          { httpOnly, secure, sameSite, path },
          { httpOnly: true, secure: true, sameSite: "Lax", path: "/" },
        );
        assert.ok(domain === undefined || domain === null, "it names a domain");
        assert.equal(endsAt, null, "it has a date");
      },
    },
    {
      name: "with “remember me” the cookie lasts until the session's absolute end",
      rows: ["R1"],
      seenIn: "cookies.spec.ts › a remembered one has a date",
      async run(env) {
        const person = await newcomer(env);
        const client = await logIn(env, person, { remember: true });
        const lasts = (sessionCookie(client).endsAt ?? 0) - env.clock.now();
        assert.ok(lasts > 29.9 * DAY && lasts <= 30 * DAY + 2000, `it lasts ${lasts / DAY} days`);
      },
    },
    {
      name: "the cookie is set once, and not again while the session goes on",
      rows: ["R1"],
      alone: true,
      async run(env) {
        const { client } = await newcomer(env);
        await env.clock.advance("5m");
        const { setCookies } = await answered(client.get("/api/account"), 200);
        assert.deepEqual(setCookies, []);
      },
    },
    {
      name: "an id has at least 128 bits, and no two are alike",
      rows: ["R2"],
      async run(env) {
        const person = await newcomer(env);
        const browsers = [person.client, await logIn(env, person), await logIn(env, person)];
        const ids = browsers.map(idOf);
        assert.equal(new Set(ids).size, ids.length);
        for (const id of ids) assert.ok(Buffer.from(id, "base64url").length >= 16, `${id.length} letters`);
      },
    },
    {
      name: "whoever is not logged in gets no cookie, whatever is tried",
      rows: ["R3"],
      seenIn: "cookies.spec.ts › who is not logged in gets no cookie, whatever is tried",
      async run(env) {
        const client = env.visitor();
        const answers = [
          await answered(client.get("/api/auth/session"), 200),
          await answered(client.get("/api/products"), 200),
          await refused(client.get("/api/account"), "unauthenticated"),
          await refused(tryLogIn(client, { email: "nobody@mail.example", password: "wrong" }), "invalid_credentials"),
          await refused(client.post("/api/auth/signup", { json: {} }), "invalid_input"),
          await answered(client.post("/api/auth/logout"), 204),
        ];
        assert.deepEqual(
          answers.flatMap(({ setCookies }) => setCookies),
          [],
        );
      },
    },
    {
      name: "an id that somebody else chose is never adopted",
      rows: ["R5"],
      async run(env) {
        const person = await newcomer(env);
        const chosen = "A".repeat(43);
        for (const value of [chosen, `s%3A${chosen}.${"B".repeat(43)}`]) {
          const client = env.visitor();
          client.cookies.set(SESSION_COOKIE, value);
          await logIn(env, person, { client });
          assert.ok(!sessionCookie(client).value.includes(chosen), "the chosen id is in use");
        }
      },
    },
    {
      name: "a cookie that was tampered with is nobody's, and no error",
      rows: ["R5"],
      async run(env) {
        const { client } = await newcomer(env);
        const { value } = sessionCookie(client);
        const place = value.indexOf("s%3A") + 6;
        const changed = value[place] === "A" ? "B" : "A";
        const odd = [
          value.slice(0, place) + changed + value.slice(place + 1),
          value.slice(0, -3),
          value.split(".")[0] ?? "",
          "%E0%A4%A",
          "s%3A",
          "",
        ];
        for (const one of odd) {
          const thief = env.visitor();
          thief.cookies.set(SESSION_COOKIE, one);
          assert.equal(await whoIs(thief), null, `“${one}” is somebody`);
        }
      },
    },
    {
      name: "an oversized cookie is nobody's, and no error",
      rows: ["R5"],
      async run(env) {
        const client = env.visitor();
        client.cookies.set(SESSION_COOKIE, "s%3A".padEnd(6000, "x"));
        assert.equal(await whoIs(client), null);
      },
    },
    {
      name: "two cookies of our name are nobody's, even when one of them is alive",
      rows: ["R5"],
      async run(env) {
        const { client } = await newcomer(env);
        const { value } = sessionCookie(client);
        for (const line of [
          `${SESSION_COOKIE}=x; ${SESSION_COOKIE}=${value}`,
          `${SESSION_COOKIE}=${value}; ${SESSION_COOKIE}=x`,
        ]) {
          const visitor = env.visitor({ headers: { Cookie: line } });
          assert.equal(await whoIs(visitor), null);
        }
      },
    },
    {
      name: "the id opens nothing in an address, another header or a body",
      rows: ["R5", "R7"],
      async run(env) {
        const { client } = await newcomer(env);
        const { value } = sessionCookie(client);
        const headers = { Authorization: `Bearer ${value}`, "X-Session-Id": value };
        await refused(env.visitor({ headers }).get("/api/account"), "unauthenticated");
        await refused(env.visitor().get(`/api/account?sid=${encodeURIComponent(value)}`), "unauthenticated");
      },
    },
    {
      name: "no answer and no line of the log holds an id or a password",
      rows: ["R7", "R78"],
      seenIn: "cookies.spec.ts › the id is in no page, address, storage or log line",
      async run(env) {
        const { client, password } = await newcomer(env, { password: "a pilgrim under nine larches" });
        const bodies = [
          await answered(client.get("/api/auth/session"), 200),
          await answered(client.get("/api/account"), 200),
          await answered(client.get("/api/account/sessions"), 200),
          await answered(client.get("/api/account/activity"), 200),
        ].map(({ text }) => text);
        await refused(
          client.post("/api/account/reauthenticate", { json: { password: `${password}!` } }),
          "invalid_credentials",
        );
        const everything = [...bodies, env.log()].join("\n");
        for (const secret of [idOf(client), sessionCookie(client).value, password]) {
          assert.ok(!everything.includes(secret), "it is in there");
        }
      },
    },
    {
      name: "the cookie by which a browser is known again opens nothing",
      rows: ["R56"],
      async run(env) {
        const { client } = await newcomer(env);
        const device = client.cookies.get(KNOWN_BROWSER_COOKIE);
        assert.ok(device?.httpOnly && device.secure, "it is not kept as the other one");
        const visitor = env.visitor();
        visitor.cookies.set(KNOWN_BROWSER_COOKIE, device.value);
        visitor.cookies.set(SESSION_COOKIE, device.value);
        assert.equal(await whoIs(visitor), null);
      },
    },
    {
      name: "a log-in has a new id, and the one before is dead",
      rows: ["R4"],
      async run(env) {
        const person = await newcomer(env);
        const before = person.client.cookies.snapshot();
        await logIn(env, person, { client: person.client });
        assert.notEqual(before.find(({ name }) => name === SESSION_COOKIE)?.value, sessionCookie(person.client).value);
        assert.ok(await areInvalid(env, before), "the old id is alive");
      },
    },
    {
      name: "a request sent the moment the answer to a log-in arrives is logged in",
      rows: ["R10"],
      async run(env) {
        const person = await newcomer(env);
        for (let round = 0; round < 8; round += 1) {
          const client = env.visitor();
          let next: Promise<LiveSession | SessionState> | undefined;
          await client.post("/api/auth/login", {
            json: { email: person.email, password: person.password },
            onHeaders: () => {
              next = client.get<SessionState>("/api/auth/session").then(({ json }) => json);
            },
          });
          assert.equal((await next)?.user?.email, person.email);
        }
      },
    },
  ],
};

function idOf(client: Parameters<typeof sessionCookie>[0]): string {
  return decodeURIComponent(sessionCookie(client).value).slice(2).split(".")[0] ?? "";
}
