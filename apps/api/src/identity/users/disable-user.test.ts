import { expect, it, onTestFinished } from "vitest";
import { createTestApp, describeOnEachStore, whoIs } from "../../../test/test-app.ts";
import { disableUser } from "./disable-user.ts";

describeOnEachStore("disabling somebody", (sessions) => {
  it("says whether there was such a user, and shuts out nobody else", async () => {
    const app = await createTestApp({ sessions });
    onTestFinished(app.close);
    const { database, clock, sessionStore } = app.dependencies;
    const disable = (id: string) => disableUser({ em: database.fork(), clock, sessionStore }, id);
    const [person, bystander] = [await app.signUp(), await app.signUp()];
    expect(await disable("019caaaa-0000-7000-8000-000000000001")).toBe("no_such_user");
    expect(await disable(person.user.id)).toBe("disabled");
    expect(await whoIs(person.client)).toBeNull();
    expect(await whoIs(bystander.client)).not.toBeNull();
  });
});
