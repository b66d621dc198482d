import type { Problem, SessionState } from "@yumroad/contract";
import { race } from "@yumroad/testkit";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { createTestApp, describeOnEachStore, type Person, type TestApp, whoIs } from "../../../test/test-app.ts";
import { disableUser } from "../../identity/users/disable-user.ts";
import { UserEntity } from "../../identity/users/user.entity.ts";
import { backgroundContext } from "../../platform/http/background-context.ts";
import { addOperator } from "../operators/add-operator.ts";
import { hasOperators } from "../operators/queries.ts";
import { isSetupToken, issueSetupToken } from "../operators/setup-link.ts";
import { offerSetupLink } from "./offer-setup-link.ts";

const PATH = "/api/operator/setup";

describeOnEachStore("the link of the first start", (sessions) => {
  let app: TestApp;
  let person: Person;
  beforeEach(async () => {
    app = await createTestApp({ sessions });
    onTestFinished(app.close);
    person = await app.signUp();
  });

  async function offered(): Promise<string> {
    const link = await offerSetupLink(app.dependencies);
    return new URLSearchParams(new URL(link ?? "").hash.slice(1)).get("key") ?? "";
  }

  it("R82: makes an operator of the account that opens it, under a new session id, and ends its other sessions", async () => {
    const elsewhere = await app.logIn(person);
    const before = person.client.cookies.snapshot();
    const answer = await person.client.post<SessionState>(PATH, { json: { token: await offered() } });
    expect(answer.json.user).toMatchObject({ id: person.user.id, isOperator: true });
    expect((await whoIs(person.client))?.isOperator).toBe(true);
    expect(await whoIs(person.client.twin(before))).toBeNull();
    expect(await whoIs(elsewhere.client)).toBeNull();
    expect((await person.client.get("/api/operator/people")).status).toBe(200);
  });

  it("R82: works once, of twenty at once, and the database does not hold it", async () => {
    const token = await offered();
    const rows = await app.dependencies.database.fork().execute("select * from settings", []);
    expect(JSON.stringify(rows)).not.toContain(token);
    const people = [person, ...(await Promise.all(Array.from({ length: 4 }, () => app.signUp())))];
    const answers = await race(20, (index) =>
      (people[index % people.length] ?? person).client.post(PATH, { json: { token } }),
    );
    const statuses = answers.map((each) => each.status === "fulfilled" && each.value.status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    const roles = await Promise.all(
      people.map(async (each) => (await whoIs((await app.logIn(each)).client))?.isOperator),
    );
    expect(roles.filter(Boolean)).toHaveLength(1);
  });

  it.each([
    ["that was never given", async () => "A".repeat(43)],
    [
      "that is older than a day",
      async () => {
        const token = await offered();
        app.clock.advance("24h");
        return token;
      },
    ],
    [
      "that another one has replaced",
      async () => {
        const token = await offered();
        await issueSetupToken(backgroundContext(app.dependencies), { isReplacing: true });
        return token;
      },
    ],
  ])("R82: %s makes nobody an operator", async (_, tokenOf) => {
    const token = await tokenOf();
    const { client } = await app.logIn(person);
    expect((await client.post<Problem>(PATH, { json: { token } })).json.code).toBe("link_invalid");
    expect(await hasOperators(backgroundContext(app.dependencies).em)).toBe(false);
  });

  it("R82: is not used up by an account that is disabled while it opens it", async () => {
    const token = await offered();
    const { database, clock, sessionStore } = app.dependencies;
    await disableUser({ em: database.fork(), clock, sessionStore }, person.user.id);
    expect((await person.client.post(PATH, { json: { token } })).status).toBe(401);
    const other = await app.signUp();
    expect((await other.client.post(PATH, { json: { token } })).status).toBe(200);
  });

  it("R82: makes no operator of an account that is going to be deleted, and is not used up by it", async () => {
    const token = await offered();
    await person.client.post("/api/account/deletion");
    const { client } = await app.logIn(person);
    const refused = await client.post<Problem>(PATH, { json: { token } });
    expect([refused.status, refused.json.code]).toEqual([409, "deletion_pending"]);
    expect((await whoIs(client))?.isOperator).toBe(false);
    await client.delete("/api/account/deletion");
    expect((await client.post(PATH, { json: { token } })).status).toBe(200);
  });

  it("R82: ends when the command line makes an operator, and not when it makes none", async () => {
    const token = await offered();
    const context = backgroundContext(app.dependencies);
    expect(await addOperator(context, "nobody")).toBe("no_such_user");
    expect(await isSetupToken(context, token)).toBe(true);
    await addOperator(context, (await app.signUp()).user.id);
    expect((await person.client.post<Problem>(PATH, { json: { token } })).json.code).toBe("link_invalid");
  });

  it("R82: is printed once while it is valid, and not once there is an operator", async () => {
    const links = await Promise.all(Array.from({ length: 5 }, () => offerSetupLink(app.dependencies)));
    expect(links.filter((link) => link !== null)).toHaveLength(1);
    const token = new URL(links.find((link) => link !== null) ?? "").hash.slice("#key=".length);
    expect((await person.client.post(PATH, { json: { token } })).status).toBe(200);
    app.clock.advance("25h");
    expect(await offerSetupLink(app.dependencies)).toBeNull();
  });

  it("R82: is printed again when nobody who operates the shop can log in", async () => {
    expect((await person.client.post(PATH, { json: { token: await offered() } })).status).toBe(200);
    const disabledAt = new Date(app.clock.now());
    await app.dependencies.database.fork().nativeUpdate(UserEntity, { id: person.user.id }, { disabledAt });
    expect(await offerSetupLink(app.dependencies)).not.toBeNull();
  });
});
