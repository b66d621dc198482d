import type { Account } from "@yumroad/contract";
import { race, statusesOf, tally } from "@yumroad/testkit";
import { expect, it, onTestFinished } from "vitest";
import { createTestApp, describeOnEachStore, whoIs } from "../../../test/test-app.ts";
import { deleteUser } from "../users/delete-user.ts";
import { disableUser } from "../users/disable-user.ts";
import { enableUser } from "../users/enable-user.ts";

describeOnEachStore("a user who is changed many times at once", (sessions) => {
  it("R22: of 20 renames each succeeds, and the account and each session have the name of the last", async () => {
    const app = await createTestApp({ sessions });
    onTestFinished(app.close);
    const person = await app.signUp();
    const others = [await app.logIn(person), await app.logIn(person)];
    const rename = (index: number) => person.client.patch("/api/account", { json: { name: `Name ${index}` } });
    expect(tally(await race(20, rename))).toEqual({ 200: 20 });

    const { name } = (await person.client.get<Account>("/api/account")).json.user;
    expect(name).toMatch(/^Name \d+$/);
    for (const { client } of [person, ...others]) expect((await whoIs(client))?.name).toBe(name);
  });

  it("R22: deleted while they change and make things, they are told that nobody is logged in, and nothing fails on our side", async () => {
    const app = await createTestApp({ sessions });
    onTestFinished(app.close);
    const statuses = new Set<number>();
    for (let times = 0; times < 15; times += 1) {
      const { client, user } = await app.signUp();
      const { database } = app.dependencies;
      const json = { name: "Paper moon", price: { amount: 100, currency: "EUR" } };
      const doings: (() => Promise<unknown>)[] = [
        () => client.post("/api/products", { json }),
        () => client.patch("/api/account", { json: { name: "Ada King" } }),
        () => client.post("/api/account/totp"),
      ];
      const list = race(12, (index) => doings[index % doings.length]?.() as ReturnType<typeof client.post>);
      await new Promise((resolve) => setTimeout(resolve, times));
      await deleteUser({ ...app.dependencies, em: database.fork() }, { userId: user.id });
      for (const status of statusesOf(await list)) statuses.add(status);
    }
    expect([...statuses].filter((status) => status >= 500 || status === 0)).toEqual([]);
    expect(statuses).toContain(401);
  });

  it("R22: disabled and enabled many times at once, each is done and none fails", async () => {
    const app = await createTestApp({ sessions });
    onTestFinished(app.close);
    const person = await app.signUp();
    const { database, clock, sessionStore } = app.dependencies;
    const doings = [
      () => disableUser({ em: database.fork(), clock, sessionStore }, person.user.id),
      () => enableUser({ em: database.fork(), clock }, person.user.id),
    ];
    const done = await race<unknown>(20, async (index) => doings[index % doings.length]?.());
    expect(done.map(({ status }) => status)).toEqual(Array(20).fill("fulfilled"));
    expect(await whoIs(person.client)).toBeNull();
    await enableUser({ em: database.fork(), clock }, person.user.id);
    expect((await app.logIn(person)).user.id).toBe(person.user.id);
  });
});
