import type { Problem, Shop } from "@yumroad/contract";
import { race } from "@yumroad/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestApp, GOOD_PASSWORD, type TestApp, whoIs } from "../../../test/test-app.ts";

describe("with SIGNUP_MODE=closed", () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await createTestApp({ signupMode: "closed" });
  });
  afterEach(() => app.close());

  const signUp = (email: string, client = app.visitor()) =>
    client.post<Problem>("/api/auth/signup", { json: { name: "Ada", email, password: GOOD_PASSWORD } });
  const siteNow = async () => (await app.visitor().get<Shop>("/api/site")).json;

  it("the very first account can be made, and pages are told so", async () => {
    expect((await siteNow()).signupMode).toBe("instant");
    await app.signUp();
    expect((await siteNow()).signupMode).toBe("closed");
  });

  it("no other can be: 403, no account, no session, and not a word about who has one", async () => {
    const first = await app.signUp();
    const client = app.visitor();
    const answer = await signUp("eve@example.com", client);
    expect([answer.status, answer.json.code]).toEqual([403, "signup_closed"]);
    expect(answer.setCookies).toEqual([]);
    expect(await whoIs(client)).toBeNull();
    const taken = await signUp(first.email);
    const weak = await app.visitor().post<Problem>("/api/auth/signup", {
      json: { name: "Eve", email: "eve@example.com", password: "password" },
    });
    expect([taken.json.code, weak.json.code]).toEqual(["signup_closed", "signup_closed"]);
    expect(await countAccounts()).toBe(1);
    expect((await app.logIn(first)).user.id).toBe(first.user.id);
  });

  it("of twenty who are first at once, one gets in", async () => {
    const answers = await race(20, (index) => signUp(`person-${index}@example.com`));
    const outcomes = answers.map((answer) =>
      answer.status === "fulfilled" ? `${answer.value.status} ${answer.value.json.code}` : "failed",
    );
    expect(outcomes.toSorted()).toEqual(["201 undefined", ...Array(19).fill("403 signup_closed")]);
    expect(await countAccounts()).toBe(1);
  });

  it("a refused one uses up nobody's sign-ups", async () => {
    await app.signUp();
    for (let count = 0; count < 61; count += 1) expect((await signUp("eve@example.com")).status).toBe(403);
  });

  async function countAccounts(): Promise<number> {
    const [row] = await app.dependencies.database
      .fork()
      .execute<{ count: number | string }[]>("select count(*) as count from users");
    return Number(row?.count);
  }
});

describe("what the site says of itself", () => {
  it("is whether it takes accounts and sends mail, and may be kept like every public answer", async () => {
    const app = await createTestApp({ mail: true });
    const answer = await app.visitor().get<Shop>("/api/site");
    expect(answer.json).toMatchObject({ signupMode: "instant", canSendMail: true, hasMailTray: false });
    expect(answer.headers["cache-control"]).toMatch(/^public, max-age=0/);
    expect(answer.headers.etag).toBeDefined();
    await app.close();
  });
});
