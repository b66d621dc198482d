import type { ActivityKind } from "@yumroad/contract";
import { createLatch } from "@yumroad/testkit";
import { expect, it, onTestFinished } from "vitest";
import { createTestApp, type Person } from "../../../test/test-app.ts";
import { createActivityBacklog, recordActivity } from "./record-activity.ts";

it("R78: of one kind 100 are kept of an account in a day; what is over is in the log, and no other kind has to go", async () => {
  const app = await createTestApp();
  onTestFinished(app.close);
  const [person, other] = [await app.signUp(), await app.signUp()];
  const { database, logger } = app.dependencies;
  const { clock } = app;
  const client = { log: logger, device: "Firefox on Windows", address: "203.0.113.x" };
  const record = (kind: ActivityKind, { user }: Person) =>
    recordActivity({ em: database.fork(), clock, client }, { kind, userId: user.id });
  const countOf = async (kind: ActivityKind, { user }: Person) => {
    const sql = "select id from activity where user_id = ? and kind = ?";
    return (await database.fork().execute<unknown[]>(sql, [user.id, kind])).length;
  };
  for (let times = 0; times < 103; times += 1) {
    clock.advance("1m");
    await record("authn_login_fail", person);
  }
  await record("authn_password_change", person);
  await record("authn_login_fail", other);
  expect(await countOf("authn_login_fail", person)).toBe(100);
  expect(await countOf("authn_password_change", person)).toBe(1);
  expect(await countOf("authn_login_fail", other)).toBe(1);
  expect(app.logs.lines.filter(({ event }) => event === "authn_login_fail")).toHaveLength(104);
  clock.advance("1d");
  await record("authn_login_fail", person);
  expect(await countOf("authn_login_fail", person)).toBe(101);
});

it("of events that come too fast two are noted at a time, a thousand wait, and the rest are in the log alone", async () => {
  const app = await createTestApp();
  onTestFinished(app.close);
  const { user } = await app.signUp();
  const { database, logger } = app.dependencies;
  await app.dependencies.activityBacklog.finish();
  const latch = createLatch();
  const fork = database.fork.bind(database);
  let asked = 0;
  database.fork = () => {
    const em = fork();
    const execute = em.execute.bind(em);
    return Object.assign(em, {
      async execute(sql: string, values: unknown[]) {
        asked += 1;
        await latch.wait();
        return execute(sql, values);
      },
    });
  };
  const notes = createActivityBacklog({ database, clock: app.clock });
  const client = { log: logger, device: "Firefox on Windows", address: "203.0.113.x" };
  for (let times = 0; times < 1100; times += 1) notes.add(client, { kind: "authn_login_fail", userId: user.id });
  expect(asked).toBe(2);
  latch.open();
  await notes.finish();
  database.fork = fork;
  expect(asked).toBe(1002);
  expect(app.logs.lines.filter(({ msg }) => String(msg).startsWith("too many events at once"))).toHaveLength(1);
});
