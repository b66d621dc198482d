import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { holdCalls } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canRunOn, createTestApp, named, storeKinds, type TestApp, whoIs } from "../../../test/test-app.ts";
import { databaseKind } from "../../../test/test-database.ts";

const NAME = "__Host-yumroad";

describe.each(storeKinds)("logging out", (store) => {
  describe.skipIf(!canRunOn(store))(named("logging out", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await createTestApp({ sessions: store });
    });
    afterAll(() => app.close());

    it("S15, S17: GET is refused by name, and nobody is logged out by it", async () => {
      const { client } = await app.signUp();
      for (const method of ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"]) {
        const answer = await client.request({ method, path: "/api/auth/logout" });
        expect([method, answer.status, answer.headers.allow]).toEqual([method, 405, "POST"]);
      }
      expect(await whoIs(client)).not.toBeNull();
    });

    it("of two cookies of our name, both are given up", async () => {
      const first = await app.signUp();
      const second = await app.signUp();
      const both = [first, second].map(({ client }) => `${NAME}=${client.cookies.get(NAME)?.value}`).join("; ");
      expect((await app.visitor().post("/api/auth/logout", { headers: { Cookie: both } })).status).toBe(204);
      expect(await whoIs(first.client)).toBeNull();
      expect(await whoIs(second.client)).toBeNull();
    });

    it("leaves this person's other browsers logged in", async () => {
      const person = await app.signUp();
      const other = await app.logIn(person);
      await person.client.post("/api/auth/logout");
      expect(await whoIs(other.client)).not.toBeNull();
    });

    it("R17: a slow request that renews the session later does not bring it back", async () => {
      const { client } = await app.signUp();
      const cookies = client.cookies.snapshot();
      app.clock.advance("5m");
      const renewing = holdCalls(app.dependencies.sessionStore, "renew");
      const slow = client.get("/api/me/products");
      await renewing.arrived();
      await client.post("/api/auth/logout");
      renewing.open();
      await slow;
      client.cookies.restore(cookies);
      expect(await whoIs(client)).toBeNull();
    });

    it("R17: nor does one that was under way while the id was rotated", async () => {
      const person = await app.signUp();
      const old = person.client.cookies.snapshot();
      app.clock.advance("5m");
      const renewing = holdCalls(app.dependencies.sessionStore, "renew");
      const slow = person.client.get("/api/me/products");
      await renewing.arrived();
      const rotated = person.client.twin(old);
      await rotated.post("/api/auth/login", { json: { email: person.email, password: person.password } });
      renewing.open();
      await slow;
      person.client.cookies.restore(old);
      expect(await whoIs(person.client)).toBeNull();
      expect(await whoIs(rotated)).not.toBeNull();
    });
  });
});

/** Makes the database unreachable for real: Postgres goes, SQLite's file can't be reopened. */
async function loseDatabase(app: TestApp): Promise<void> {
  if (databaseKind === "postgres") return app.databaseFaults.kill();
  await app.dependencies.database.close();
  const file = join(app.config.dataDir, "yumroad.db");
  rmSync(file);
  mkdirSync(file);
}

describe.skipIf(!canRunOn("redis"))(named("logging out while parts fail", "redis"), () => {
  it("R18: with the session store down the cookie goes and the answer is 503", async () => {
    const app = await createTestApp({ sessions: "redis" });
    const { client } = await app.signUp();
    await app.redisFaults.kill();
    const answer = await client.post("/api/auth/logout");
    expect(answer.status).toBe(503);
    expect(answer.json).toMatchObject({ code: "session_store_unavailable" });
    expect(client.cookies.get(NAME)).toBeUndefined();
    expect((await app.visitor().post("/api/auth/logout")).status).toBe(204);
    await app.close();
  });

  it("R18: with the database down it works", async () => {
    const app = await createTestApp({ sessions: "redis" });
    const { client } = await app.signUp();
    const stolen = client.cookies.snapshot();
    await loseDatabase(app);
    expect((await app.visitor().get("/readyz")).json).toMatchObject({
      checks: { database: "failing", sessions: "ok" },
    });
    expect((await client.post("/api/auth/logout")).status).toBe(204);
    client.cookies.restore(stolen);
    expect(await whoIs(client)).toBeNull();
    await app.close();
  });
});
