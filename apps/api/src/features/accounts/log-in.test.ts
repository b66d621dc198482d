import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canRunOn, createTestApp, named, storeKinds, type TestApp, whoIs } from "../../../test/test-app.ts";

describe.each(storeKinds)("logging in", (store) => {
  describe.skipIf(!canRunOn(store))(named("logging in", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await createTestApp({ sessions: store });
    });
    afterAll(() => app.close());

    it("logs in with the right password and says who it is", async () => {
      const { email, password } = await app.signUp();
      const client = app.visitor();
      const answer = await client.post("/api/auth/login", { json: { email, password } });
      expect(answer.status).toBe(200);
      expect((await whoIs(client))?.email).toBe(email);
    });
  });
});
