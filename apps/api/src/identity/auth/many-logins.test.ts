import type { Client } from "@yumroad/testkit";
import { describe, expect, it } from "vitest";
import { canRunOn, createTestApp, named, type Person, storeKinds, type TestApp } from "../../../test/test-app.ts";

const HOUR = 3_600_000;
const THREE = { max: 3, windowMs: HOUR };

describe.each(storeKinds)("right passwords", (store) => {
  describe.skipIf(!canRunOn(store))(named("right passwords", store), () => {
    const from = (app: TestApp, address: string) => app.visitor({ headers: { "X-Forwarded-For": address } });
    const logIn = async (client: Client, { email, password }: Pick<Person, "email" | "password">) =>
      (await client.post("/api/auth/login", { json: { email, password } })).status;

    it("R57: are limited for an account, in all browsers that it does not know together", async () => {
      const app = await createTestApp({ sessions: store, limits: { loginsOfAccount: THREE } });
      const person = await app.signUp();
      const strange: number[] = [];
      for (let round = 1; round <= 4; round += 1) strange.push(await logIn(from(app, `203.0.113.${round}`), person));
      expect(strange).toEqual([200, 200, 200, 429]);
      app.clock.advance("1h");
      expect(await logIn(from(app, "203.0.113.9"), person)).toBe(200);
      await app.close();
    });

    it("R56, R57: those of others keep nobody out of a browser that is known", async () => {
      const app = await createTestApp({ sessions: store, limits: { loginsOfAccount: THREE, loginsOfAddress: THREE } });
      const person = await app.signUp();
      for (let round = 1; round <= 3; round += 1) await logIn(from(app, "203.0.113.1"), person);
      expect(await logIn(from(app, "203.0.113.2"), person)).toBe(429);
      const own: number[] = [];
      for (let round = 1; round <= 4; round += 1) own.push(await logIn(person.client, person));
      expect(own).toEqual([200, 200, 200, 429]);
      await app.close();
    });

    it("R57: are limited for an address, whichever accounts they are for", async () => {
      const app = await createTestApp({ sessions: store, limits: { loginsOfAddress: THREE } });
      const statuses: number[] = [];
      for (let round = 1; round <= 4; round += 1) {
        statuses.push(await logIn(from(app, "203.0.113.1"), await app.signUp()));
      }
      expect(statuses).toEqual([200, 200, 200, 429]);
      expect(await logIn(from(app, "203.0.113.2"), await app.signUp())).toBe(200);
      await app.close();
    });

    it("R57: wrong ones do not count among them", async () => {
      const app = await createTestApp({ sessions: store, limits: { loginsOfAccount: THREE, loginsOfAddress: THREE } });
      const person = await app.signUp();
      const wrong = { ...person, password: "not the password" };
      for (let round = 1; round <= 4; round += 1) {
        expect(await logIn(from(app, "203.0.113.1"), wrong)).toBe(401);
        expect(await logIn(person.client, wrong)).toBe(401);
      }
      expect(await logIn(from(app, "203.0.113.1"), person)).toBe(200);
      expect(await logIn(person.client, person)).toBe(200);
      await app.close();
    });

    it("R57: count as well when somebody proves who they are again", async () => {
      const app = await createTestApp({ sessions: store, limits: { loginsOfAccount: THREE } });
      const { client, password } = await app.signUp();
      const statuses: number[] = [];
      for (let round = 1; round <= 4; round += 1) {
        statuses.push((await client.post("/api/account/reauthenticate", { json: { password } })).status);
      }
      expect(statuses).toEqual([200, 200, 200, 429]);
      await app.close();
    });
  });
});
