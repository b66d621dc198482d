import { sign } from "cookie-signature";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  canRunOn,
  createTestApp,
  GOOD_PASSWORD,
  named,
  storeKinds,
  type TestApp,
  whoIs,
} from "../../../test/test-app.ts";

const NAME = "__Host-yumroad";

describe.each(storeKinds)("the session cookie", (store) => {
  describe.skipIf(!canRunOn(store))(named("the session cookie", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await createTestApp({ sessions: store });
    });
    afterAll(() => app.close());

    it("R3: is not given to anonymous visitors, whatever they ask for", async () => {
      const client = app.visitor();
      const answers = [
        await client.get("/api/auth/session"),
        await client.get("/api/products"),
        await client.get("/api/me/products"),
        await client.get("/api/nowhere"),
        await client.post("/api/auth/logout"),
        await client.post("/api/auth/login", { json: { email: "nobody@example.com", password: "not the password" } }),
        await client.post("/api/auth/login", { json: {} }),
        await client.post("/api/products", { json: {} }),
        await client.get("/healthz"),
        await client.get("/"),
      ];
      expect(answers.flatMap(({ setCookies }) => setCookies)).toEqual([]);
    });

    it("R5: an id that somebody else chose is never adopted, signed or not", async () => {
      const { email, password } = await app.signUp();
      const planted = `s:${sign("chosen-by-an-attacker", app.config.sessionSecrets[0] ?? "")}`;
      for (const value of ["chosen-by-an-attacker", encodeURIComponent(planted)]) {
        const client = app.visitor();
        const answer = await client.post("/api/auth/login", {
          json: { email, password },
          headers: { Cookie: `${NAME}=${value}` },
        });
        expect(answer.status).toBe(200);
        expect(client.cookies.get(NAME)?.value).not.toContain("chosen-by-an-attacker");
      }
    });

    it("R5: tampered, unsigned, oversized and broken cookies are nobody, and no error", async () => {
      const { client } = await app.signUp();
      const value = client.cookies.get(NAME)?.value ?? "";
      const odd = [
        `${value}x`,
        value.replace(/.$/, "!"),
        value.split(".")[0] ?? "",
        decodeURIComponent(value).slice(2),
        "",
        "%",
        "s%3A",
        "s%3A.",
        "s:..",
        "j:{}",
        `s%3A${"a".repeat(7000)}.b`,
        '"',
        "undefined",
        "../../etc/passwd",
      ];
      for (const cookie of odd) {
        const answer = await app.visitor().get("/api/auth/session", { headers: { Cookie: `${NAME}=${cookie}` } });
        expect([cookie.slice(0, 20), answer.status, answer.text]).toEqual([
          cookie.slice(0, 20),
          200,
          '{"user":null,"expiresAt":null,"ended":false}',
        ]);
        expect(answer.setCookies).toEqual([]);
      }
    });

    it("R5: two cookies of our name are nobody, even when one of them is alive", async () => {
      const { client } = await app.signUp();
      const live = `${NAME}=${client.cookies.get(NAME)?.value}`;
      for (const header of [`${live}; ${NAME}=other`, `${NAME}=other; ${live}`, `${live}; ${live}`]) {
        const answer = await app.visitor().get("/api/auth/session", { headers: { Cookie: header } });
        expect(answer.json).toEqual({ user: null, expiresAt: null, ended: false });
      }
    });

    it("R5: the id is taken from the cookie alone", async () => {
      const { client } = await app.signUp();
      const value = client.cookies.get(NAME)?.value ?? "";
      const stranger = app.visitor();
      expect((await stranger.get(`/api/me/products?${NAME}=${value}`)).status).toBe(401);
      expect((await stranger.get("/api/me/products", { headers: { Authorization: `Bearer ${value}` } })).status).toBe(
        401,
      );
      expect((await stranger.get("/api/me/products", { headers: { Cookie: `yumroad=${value}` } })).status).toBe(401);
    });

    it("R7: no body and no log line holds an id, a cookie or a password", async () => {
      app.logs.clear();
      const person = await app.signUp();
      const answers = [
        await person.client.get("/api/auth/session"),
        await person.client.get("/api/me/products"),
        await person.client.post("/api/auth/login", { json: { email: person.email, password: "wrong" } }),
        await person.client.post("/api/auth/login", {
          body: "{ not json",
          headers: { "Content-Type": "application/json" },
        }),
      ];
      const value = decodeURIComponent(person.client.cookies.get(NAME)?.value ?? "");
      const id = value.slice(2, value.lastIndexOf("."));
      const heard = [...answers.map(({ text }) => text), app.logs.text].join("\n");
      for (const secret of [id, value, GOOD_PASSWORD, "not json", person.user.id.length > 0 ? "passwordHash" : ""]) {
        expect(heard).not.toContain(secret);
      }
      expect(app.logs.text).toContain("authn_login_fail");
    });
  });
});

describe("secrets and schemes", () => {
  it("R8: a rotated secret logs nobody out, and a dropped one does", async () => {
    const before = await createTestApp({ sessionSecrets: ["the first secret of this test, long enough"] });
    const { client } = await before.signUp();
    const cookies = client.cookies.snapshot();
    const rotated = await createTestApp({
      beside: before,
      sessionSecrets: ["the second secret of this test, long enough", "the first secret of this test, long enough"],
    });
    const dropped = await createTestApp({
      beside: before,
      sessionSecrets: ["the second secret of this test, long enough"],
    });
    const stillThere = rotated.visitor();
    stillThere.cookies.restore(cookies);
    const gone = dropped.visitor();
    gone.cookies.restore(cookies);
    expect(await whoIs(stillThere)).not.toBeNull();
    expect(await whoIs(gone)).toBeNull();
    await Promise.all([rotated.close(), dropped.close()]);
    await before.close();
  });

  it("R1: on plain http on this machine the cookie is called yumroad and needs no TLS", async () => {
    const app = await createTestApp({ publicUrl: "http://localhost:3000" });
    const { client } = await app.signUp();
    expect(client.cookies.get("yumroad")).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/", secure: false });
    await app.close();
  });

  it("R9: a proxy that is not configured is not believed: no session, no account, and a loud failure", async () => {
    const app = await createTestApp({ trustProxy: 0 });
    const client = app.visitor();
    const json = { name: "Ann", email: "ann@example.com", password: GOOD_PASSWORD };
    const answer = await client.post("/api/auth/signup", { json });
    expect(answer.status).toBe(500);
    expect(answer.json).toMatchObject({ code: "secure_cookie_impossible" });
    expect(answer.setCookies).toEqual([]);
    expect(app.logs.text).toContain("TRUST_PROXY");
    const [{ count } = { count: -1 }] = await app.dependencies.database
      .fork()
      .execute<{ count: number | string }[]>("select count(*) as count from users");
    expect(Number(count)).toBe(0);
    await app.close();
  });

  it("R9, R54: a log-in that could not set its cookie is not looked at, and so leaves no count behind", async () => {
    const app = await createTestApp();
    const { email, password } = await app.signUp();
    const client = app.visitor();
    const logIn = (headers = {}) => client.post("/api/auth/login", { json: { email, password }, headers });
    for (let tries = 0; tries < 7; tries += 1) {
      expect((await logIn({ "X-Forwarded-Proto": "http" })).status).toBe(500);
    }
    expect((await logIn()).status).toBe(200);
    await app.close();
  });

  it("R9: a forged forwarding header does not change where a request comes from", async () => {
    const app = await createTestApp({ trustProxy: 0, publicUrl: "http://localhost:3000" });
    await app.signUp();
    app.logs.clear();
    await app.visitor().post("/api/auth/login", {
      json: { email: "a@example.com", password: "x" },
      headers: { "X-Forwarded-For": "203.0.113.9" },
    });
    expect(app.logs.text).not.toContain("203.0.113.9");
    await app.close();
  });
});
