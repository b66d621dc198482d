import type { Problem } from "@yumroad/contract";
import { race, statusesOf } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { duringTheChange, eventsOf, NO_MAIL_LIMITS, refusedLinks } from "../../../test/mailed-links.ts";
import {
  canRunOn,
  createTestApp,
  named,
  type Person,
  storeKinds,
  type TestApp,
  whoIs,
} from "../../../test/test-app.ts";
import { issueToken } from "../tokens/issue-token.ts";

const PATH = "/api/auth/not-me";
const NEW_PASSWORD = "quince jelly under the stairs";

describe.each(storeKinds)("“This wasn’t me”", (store) => {
  describe.skipIf(!canRunOn(store))(named("“This wasn’t me”", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await createTestApp({ sessions: store, mail: true, limits: NO_MAIL_LIMITS });
    });
    afterAll(() => app.close());

    const deny = (token: string) => app.visitor().post<{ resetToken: string } & Problem>(PATH, { json: { token } });

    /** A login from a new browser after some time, and the token of the notice that it causes. */
    async function logInStrangely(owner: Person) {
      app.clock.advance("1m");
      const intruder = await app.logIn(owner);
      const { database, clock, limits } = app.dependencies;
      const given = { purpose: "not_me", userId: owner.user.id, loggedInAt: clock.now() } as const;
      const token = await database.fork().transactional((em) => issueToken({ em, clock, limits }, given));
      return { intruder, token };
    }

    it("R79: ends all sessions, and lets the owner choose a new password", async () => {
      const owner = await app.signUp();
      const { intruder, token } = await logInStrangely(owner);
      // Uses the browser that is already known, so that this login sends no notice.
      const more = app.visitor();
      more.cookies.restore(intruder.client.cookies.snapshot().filter(({ name }) => name.endsWith("-device")));
      app.clock.advance("5m");
      await app.logIn(owner, { client: more });
      const answer = await deny(token);
      expect([answer.status, answer.setCookies]).toEqual([200, []]);
      for (const client of [intruder.client, more, owner.client]) expect(await whoIs(client)).toBeNull();
      expect(await eventsOf(app, owner)).toContain("authn_login_denied");

      const json = { token: answer.json.resetToken, password: NEW_PASSWORD };
      expect((await app.visitor().post("/api/auth/reset-password", { json })).status).toBe(200);
      expect((await app.logIn({ ...owner, password: json.password })).user.id).toBe(owner.user.id);
    });

    it("R79: ends one as well that begins in the middle of it", async () => {
      const owner = await app.signUp();
      const { token } = await logInStrangely(owner);
      let intruder: Person | undefined;
      duringTheChange(app, async () => {
        app.clock.advance("1s");
        intruder = await app.logIn(owner);
      });
      expect((await deny(token)).status).toBe(200);
      expect(intruder && (await whoIs(intruder.client))).toBeNull();
    });

    it("R79: whoever knows the password, logs in again and changes it does not end the owner's way to a new one", async () => {
      const owner = await app.signUp();
      const { intruder, token } = await logInStrangely(owner);
      const { resetToken } = (await deny(token)).json;
      await app.logIn(owner, { client: intruder.client });
      const change = { currentPassword: owner.password, password: "nine herons by the quarry" };
      expect((await intruder.client.post("/api/account/password", { json: change })).status).toBe(200);
      const json = { token: resetToken, password: NEW_PASSWORD };
      expect((await app.visitor().post("/api/auth/reset-password", { json })).status).toBe(200);
      expect(await whoIs(intruder.client)).toBeNull();
      const again = { token: resetToken, password: "seven kettles under moss" };
      expect((await app.visitor().post("/api/auth/reset-password", { json: again })).status).toBe(410);
    });

    it("R60: works once, of twenty at once", async () => {
      const { token } = await logInStrangely(await app.signUp());
      const answers = await race(20, () => deny(token));
      const statuses = statusesOf(answers);
      expect(statuses.toSorted()).toEqual([200, ...Array.from({ length: 19 }, () => 410)]);
    });

    it("R60, R61: is nothing by looking, by another link, by one cut short, or after an hour", async () => {
      const owner = await app.signUp();
      const { intruder, token } = await logInStrangely(owner);
      for (const path of ["/not-me", PATH, `${PATH}?token=${token}`]) {
        await app.visitor().get(path);
        await app.visitor().head(path);
      }
      app.logs.clear();
      for (const wrong of [token.slice(0, 42), "d".repeat(43)]) expect((await deny(wrong)).status).toBe(410);
      const json = { token, password: NEW_PASSWORD };
      expect((await app.visitor().post("/api/auth/reset-password", { json })).status).toBe(410);
      expect(await whoIs(intruder.client)).not.toBeNull();
      app.clock.advance("1h");
      expect((await deny(token)).status).toBe(410);
      expect(refusedLinks(app)).toEqual([null, null, owner.user.id, owner.user.id]);
      expect(await whoIs(intruder.client)).not.toBeNull();
    });
  });
});
