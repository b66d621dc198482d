import { race } from "@yumroad/testkit";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestApp, describeOnEachStore, type TestApp } from "../../../test/test-app.ts";
import { findAccountByEmail } from "../users/queries.ts";

describeOnEachStore("a log-in after the cost was raised", (store) => {
  let before: TestApp;
  let raised: TestApp;
  beforeAll(async () => {
    before = await createTestApp({ sessions: store, hashCost: 4 });
    raised = await createTestApp({ sessions: store, hashCost: 5, beside: before });
  });
  afterAll(async () => {
    await raised.close();
    await before.close();
  });

  const hashOf = async (email: string) =>
    (await findAccountByEmail(raised.dependencies.database.fork(), email))?.passwordHash ?? "";

  it("R49: works at the first try, and hashes the password again at today's cost", async () => {
    const person = await before.signUp();
    expect(await hashOf(person.email)).toContain("$04$");
    await raised.logIn(person);
    expect(await hashOf(person.email)).toContain("$05$");
    await raised.logIn(person);
  });

  it("R49: works from several browsers at once", async () => {
    const person = await before.signUp();
    const logIns = await race(4, () => raised.logIn(person));
    expect(logIns.map(({ status }) => status)).toEqual(Array(4).fill("fulfilled"));
    expect(await hashOf(person.email)).toContain("$05$");
  });

  it("R49: a wrong password hashes nothing", async () => {
    const { email } = await before.signUp();
    const answer = await raised.visitor().post("/api/auth/login", { json: { email, password: "another password" } });
    expect(answer.status).toBe(401);
    expect(await hashOf(email)).toContain("$04$");
  });
});
