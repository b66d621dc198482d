import type { ActivityKind } from "@yumroad/contract";
import { expect, it, onTestFinished } from "vitest";
import { createTestApp, type Person } from "../../../test/test-app.ts";
import { recordActivity } from "./record-activity.ts";

it("R78: of one kind 100 are kept of an account in a day; what is over is in the log, and no other kind has to go", async () => {
  const app = await createTestApp();
  onTestFinished(app.close);
  const [person, other] = [await app.signUp(), await app.signUp()];
  const { database, logger } = app.dependencies;
  const { clock } = app;
  const origin = { log: logger, device: "Firefox on Windows", address: "203.0.113.x" };
  const record = (kind: ActivityKind, { user }: Person) =>
    recordActivity({ em: database.fork(), clock }, origin, { kind, userId: user.id });
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
