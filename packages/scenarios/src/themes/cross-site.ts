import assert from "node:assert/strict";
import { answered, refused } from "../expectations.ts";
import {
  newcomer,
  OTHER_PASSWORD,
  openPage,
  SESSION_COOKIE,
  sessionCookie,
  tryLogIn,
  uniqueEmail,
  whoIs,
} from "../people.ts";
import type { Theme } from "../scenario.ts";

const price = { amount: 100, currency: "EUR" };

export const crossSite: Theme = {
  title: "Other sites, headers and bodies",
  scenarios: [
    {
      name: "a page of another site can change nothing for whoever is logged in, even with the cookie",
      rows: ["R40"],
      async run(env) {
        const { client } = await newcomer(env);
        const Cookie = `${SESSION_COOKIE}=${sessionCookie(client).value}`;
        for (const origin of [
          "https://evil.example",
          "https://sub.shop.example",
          "https://shop.example:8443",
          "null",
        ]) {
          const evil = client.from(origin);
          await refused(
            evil.post("/api/products", { json: { name: "Sold by evil", price }, headers: { Cookie } }),
            "csrf_rejected",
          );
          await refused(evil.patch("/api/account", { json: { name: "Evil" }, headers: { Cookie } }), "csrf_rejected");
          await refused(evil.delete("/api/account/sessions", { headers: { Cookie } }), "csrf_rejected");
        }
      },
    },
    {
      name: "a page of another site can't log anybody in or sign anybody up",
      rows: ["R40"],
      async run(env) {
        const { email, password } = await newcomer(env);
        const evil = env.visitor().from("https://evil.example");
        const answer = await refused(tryLogIn(evil, { email, password }), "csrf_rejected");
        assert.deepEqual(answer.setCookies, []);
        const json = { name: "Ada", email: uniqueEmail(), password: OTHER_PASSWORD };
        await refused(evil.post("/api/auth/signup", { json }), "csrf_rejected");
      },
    },
    {
      name: "where a browser says nothing of Sec-Fetch, its Origin decides",
      rows: ["R40"],
      async run(env) {
        const client = env.visitor({ omitSecFetch: true });
        const person = await newcomer(env, { client });
        await answered(client.patch("/api/account", { json: { name: "Same" } }), 200);
        for (const origin of [
          "https://evil.example",
          "http://shop.example",
          "https://shop.example.evil.example",
          "null",
        ]) {
          const headers = { Cookie: `${SESSION_COOKIE}=${sessionCookie(client).value}` };
          await refused(
            client.from(origin).patch("/api/account", { json: { name: "Evil" }, headers }),
            "csrf_rejected",
          );
        }
        assert.equal(await whoIs(client), person.email);
      },
    },
    {
      name: "what says neither is no browser: it may log in, and may bring no cookie",
      rows: ["R40"],
      async run(env) {
        const person = await newcomer(env);
        const script = env.visitor({ omitSecFetch: true, headers: { Origin: null } });
        await answered(tryLogIn(script, person), 200);
        await refused(script.patch("/api/account", { json: { name: "Script" } }), "csrf_rejected");
      },
    },
    {
      name: "a body is JSON and says so, is not malformed and not too large",
      rows: ["R41"],
      async run(env) {
        const post = (body: string, type: string) =>
          env.visitor().post("/api/auth/login", { body, headers: { "Content-Type": type } });
        const good = JSON.stringify({ email: uniqueEmail(), password: "wrong" });
        for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
          await refused(post(good, type), "unsupported_media_type");
        }
        await refused(post("{", "application/json"), "malformed_json");
        await refused(post(JSON.stringify({ email: "x".repeat(100_001) }), "application/json"), "payload_too_large");
        await refused(post(good, "application/json; charset=utf-8"), "invalid_credentials");
      },
    },
    {
      name: "every answer has the headers that keep a browser on our side",
      rows: ["R42"],
      needs: ["pages"],
      async run(env) {
        const client = env.visitor();
        const answers = [
          await answered(client.get("/api/auth/session"), 200),
          await answered(client.get("/api/products"), 200),
          await refused(client.get("/api/nothing/here"), "not_found"),
          await openPage(client, "/"),
          await answered(client.get("/healthz"), 200),
        ];
        for (const { headers } of answers) {
          const policy = String(headers["content-security-policy"]);
          for (const part of ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
            assert.ok(policy.includes(part), policy);
          }
          assert.doesNotMatch(/script-src [^;]*/.exec(policy)?.[0] ?? "", /unsafe/);
          assert.equal(headers["x-content-type-options"], "nosniff");
          assert.match(String(headers["strict-transport-security"]), /max-age=\d{7,}/);
          assert.equal(headers["cross-origin-opener-policy"], "same-origin");
          assert.equal(headers["cross-origin-resource-policy"], "same-origin");
          assert.ok(headers["referrer-policy"]);
          assert.equal(headers["x-powered-by"], undefined);
          assert.equal(headers.server, undefined);
        }
      },
    },
    {
      name: "what depends on who asks is never stored",
      rows: ["R43"],
      async run(env) {
        const { client } = await newcomer(env);
        const answers = [
          await answered(client.get("/api/auth/session"), 200),
          await answered(client.get("/api/account"), 200),
          await answered(client.get("/api/account/sessions"), 200),
          await answered(client.get("/api/me/products"), 200),
          await refused(env.visitor().get("/api/account"), "unauthenticated"),
        ];
        for (const { headers } of answers) {
          assert.equal(headers["cache-control"], "no-store");
          assert.equal(headers.etag, undefined);
        }
      },
    },
    {
      name: "the page itself is never stored, so that Back can't bring it out of a cache",
      rows: ["R37", "R42"],
      needs: ["pages"],
      seenIn: "back-after-logout.bfcache.spec.ts › Back after a log-out shows nothing protected",
      async run(env) {
        for (const path of ["/", "/dashboard", "/settings/security", "/nothing/here"]) {
          const { headers } = await openPage(env.visitor(), path);
          assert.equal(headers["cache-control"], "no-store", path);
        }
      },
    },
    {
      name: "the catalogue can be kept and is asked again each time, whoever asks",
      rows: ["R40"],
      async run(env) {
        const { client } = await newcomer(env);
        const { headers, setCookies } = await answered(client.get("/api/products"), 200);
        assert.match(String(headers["cache-control"]), /^public, .*must-revalidate/);
        assert.deepEqual(setCookies, []);
        const again = client.get("/api/products", { headers: { "If-None-Match": headers.etag ?? "none" } });
        await answered(again, 304);
      },
    },
    {
      name: "other origins can read nothing",
      rows: ["R44"],
      async run(env) {
        const evil = env.visitor().from("https://evil.example");
        for (const { headers } of [await evil.get("/api/products"), await evil.get("/api/auth/session")]) {
          assert.deepEqual(
            Object.keys(headers).filter((name) => name.startsWith("access-control-")),
            [],
          );
        }
        const headers = { "Access-Control-Request-Method": "POST" };
        await refused(evil.options("/api/auth/login", { headers }), "method_not_allowed");
      },
    },
    {
      name: "over a connection that is not secure a log-in fails loudly, and a sign-up makes no account",
      rows: ["R9"],
      async run(env) {
        const person = await newcomer(env);
        const plain = env.visitor({ headers: { "X-Forwarded-Proto": "http" } });
        const answer = await refused(tryLogIn(plain, person), "secure_cookie_impossible");
        assert.deepEqual(answer.setCookies, []);
        const json = { name: "Ada", email: uniqueEmail(), password: OTHER_PASSWORD };
        await refused(plain.post("/api/auth/signup", { json }), "secure_cookie_impossible");
        await refused(tryLogIn(env.visitor(), json), "invalid_credentials");
      },
    },
    {
      name: "no answer tells of a stack, a query or a library, whatever it is asked",
      rows: ["R80"],
      async run(env) {
        const client = env.visitor();
        const odd = [
          await client.get("/api/products?cursor=%00"),
          await client.get("/api/products/%E0%A4%A"),
          await client.get(`/api/products/${"x".repeat(500)}`),
          await client.get("/api/products?limit=1&limit=2"),
          await client.get("/api/products?q='%20or%201=1--"),
          await client.post("/api/auth/login", {
            body: '{"email":{"$ne":1}}',
            headers: { "Content-Type": "application/json" },
          }),
          await client.request({ method: "PUT", path: "/api/products" }),
          await client.get("/api/../../etc/passwd"),
        ];
        for (const { status, text } of odd) {
          assert.ok(status < 500, `${status}: ${text}`);
          assert.doesNotMatch(text, /at .+:\d+:\d+|node_modules|select |sqlite|postgres|mikro|express|redis|zod/i);
        }
      },
    },
  ],
};
