import { type Activity, activityKinds, type Problem, type Product } from "@yumroad/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logInWithPasswordOnly, setUpTotp } from "../../../test/authenticator-app.ts";
import { askForEmail, forgetPassword, mailedLink, NO_MAIL_LIMITS } from "../../../test/mailed-links.ts";
import { makeOperator } from "../../../test/operators.ts";
import { addPasskey } from "../../../test/passkey-device.ts";
import { createTestApp, type Person, type TestApp } from "../../../test/test-app.ts";
import { operatorCommands } from "../../cli/operator-commands.ts";
import { userCommands } from "../../cli/user-commands.ts";
import { findAccountById } from "../users/queries.ts";

interface Page {
  items: Activity[];
  nextCursor: string | null;
}

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ mail: true, limits: NO_MAIL_LIMITS });
});
afterAll(() => app.close());

const pageOf = async ({ client }: Pick<Person, "client">, query = "") =>
  (await client.get<Page>(`/api/account/activity${query}`)).json;
const kindsOf = async (person: Pick<Person, "client">) =>
  (await pageOf(person, "?limit=100")).items.map(({ kind }) => kind);

/** Causes every kind of event of an account. Returns all secrets that its requests have sent. */
async function liveThroughEverything(person: Person, operator: Person): Promise<{ person: Person; secrets: string[] }> {
  const secrets: string[] = [];
  const keep = <Secret extends string>(secret: Secret): Secret => {
    secrets.push(secret);
    return secret;
  };
  let now = person;
  const { email } = person;
  const post = (path: string, json?: object) => now.client.post<never>(path, json && { json });
  const wrong = { email, password: keep("a wrong password of somebody") };

  await now.client.patch("/api/account", { json: { name: "Renamed" } });
  await app.visitor().post("/api/auth/login", { json: wrong });
  await app.logIn(now);
  await now.client.delete("/api/account/sessions");
  await post("/api/account/reauthenticate", { password: now.password });
  const verification = keep((await mailedLink(app, email)).token);
  await now.client.post("/api/auth/verify-email", { json: { token: verification } });

  await post("/api/account/password", {
    currentPassword: keep("not what it is"),
    password: keep("quince jelly at noon"),
  });
  await post("/api/account/password", { currentPassword: now.password, password: "quince jelly at noon" });
  const reset = { token: keep(await forgetPassword(app, now)), password: keep("medlar cheese at dusk") };
  for (let times = 0; times < 2; times += 1) await app.visitor().post("/api/auth/reset-password", { json: reset });
  now = await app.logIn({ email, password: reset.password });

  const newEmail = `new-${email}`;
  await now.client.post("/api/auth/verify-email", { json: { token: keep(await askForEmail(app, now, newEmail)) } });
  await app
    .visitor()
    .post("/api/auth/undo-email-change", { json: { token: keep((await mailedLink(app, email)).token) } });
  const again = { token: keep(await forgetPassword(app, { email })), password: keep("sloe gin by the stove") };
  await app.visitor().post("/api/auth/reset-password", { json: again });
  now = await app.logIn({ email, password: again.password });

  const { phone } = await setUpTotp(app, now);
  keep(phone.secret);
  const renewed = await now.client.post<{ recoveryCodes: string[] }>("/api/account/recovery-codes");
  const pending = await logInWithPasswordOnly(app, now);
  await pending.post("/api/auth/second-factor", { json: { code: phone.wrongCode() } });
  await pending.post("/api/auth/second-factor", { json: { code: keep(renewed.json.recoveryCodes[0] ?? "") } });
  await now.client.delete("/api/account/totp");
  const { passkey } = await addPasskey(now);
  await now.client.delete(`/api/account/passkeys/${passkey.handle}`);

  await app.logIn(now);
  await app.visitor().post("/api/auth/not-me", { json: { token: keep((await mailedLink(app, email)).token) } });
  now = await app.logIn(now);
  keep((await setUpTotp(app, now)).phone.secret);
  const account = await findAccountById(app.dependencies.database.fork(), person.user.id);
  for (const command of ["remove-app", "end-sessions", "disable"])
    if (account) await userCommands[command]?.(app.dependencies, account);
  if (account) await userCommands.enable?.(app.dependencies, { ...account, isDisabled: true });
  for (const command of ["add", "remove"]) if (account) await operatorCommands[command]?.(app.dependencies, account);

  now = await app.logIn(now);
  const price = { amount: 100, currency: "EUR" };
  const { slug, store } = (await now.client.post<Product>("/api/products", { json: { name: "Moon", price } })).json;
  await now.client.patch("/api/me/store/payments", { json: { payInstructions: keep("IBAN DE02 1203 0000") } });
  for (const path of [`products/${slug}`, `stores/${store.handle}`]) {
    await operator.client.post(`/api/operator/${path}/take-down`, { json: { reason: "A copy" } });
    await operator.client.post(`/api/operator/${path}/put-back`);
  }
  await post("/api/account/export");
  await post("/api/account/deletion");
  now = await app.logIn(now);
  await now.client.delete("/api/account/deletion");
  const cookie = decodeURIComponent(now.client.cookies.get("__Host-yumroad")?.value ?? "");
  secrets.push(cookie.slice(2), cookie.slice(2).split(".")[0] ?? "", person.password);
  await now.client.post("/api/auth/logout");
  for (let tries = 0; tries < 6; tries += 1) await app.visitor().post("/api/auth/login", { json: wrong });
  // From a known browser, after the limit is used up.
  return { person: await app.logIn(now, { client: now.client }), secrets };
}

describe("what has happened to an account", () => {
  it("R78, R79: each kind of event is a line of the log, and on its owner's page; neither holds a secret", async () => {
    // The last operator can't be removed.
    const operator = await makeOperator(app, await app.signUp());
    app.logs.clear();
    const { person, secrets } = await liveThroughEverything(await app.signUp(), operator);
    // Disowning closes an account for good, so a second account is used for it.
    const closed = await app.signUp();
    const token = (await mailedLink(app, closed.email)).token;
    await app.visitor().post("/api/auth/disown", { json: { token } });
    const logged = new Set(app.logs.lines.map(({ event }) => event));
    expect(activityKinds.filter((kind) => !logged.has(kind))).toEqual([]);
    // Above the limit the server checks no password, so the event has no account.
    const onPage = activityKinds.filter((kind) => kind !== "authn_login_fail_max" && kind !== "user_disowned");
    await expect.poll(async () => [...new Set(await kindsOf(person))].sort()).toEqual([...onPage].sort());

    const events = app.logs.lines.filter(({ event }) => activityKinds.includes(event as never));
    for (const { event, reqId, address, userId } of events) {
      const isByOperator = /operator|disabled|enabled/.test(String(event));
      const isByWorker = event === "authn_password_reset_asked";
      expect([event, typeof reqId]).toEqual([event, isByOperator || isByWorker ? "undefined" : "string"]);
      if (!(isByOperator || isByWorker)) expect(address).toBe("127.0.0.1");
      if (userId === closed.user.id) continue;
      if (event !== "authn_login_fail_max") expect([event, userId]).toEqual([event, person.user.id]);
    }
    const rows = await app.dependencies.database.fork().execute("select * from activity");
    const { text } = await person.client.get("/api/account/activity?limit=100");
    expect(secrets.length).toBeGreaterThan(12);
    for (const secret of secrets) {
      expect(secret).not.toBe("");
      for (const place of [app.logs.text, JSON.stringify(rows), text]) expect(place).not.toContain(secret);
    }
  });

  it("R79: is shown the newest first, page by page, with where it was, and to its owner alone", async () => {
    const headers = {
      "User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
      "X-Forwarded-For": "203.0.113.7",
    };
    const person = await app.signUp({ client: app.visitor({ headers }) });
    for (const name of ["One", "Two", "Three"]) {
      app.clock.advance("1m");
      await person.client.patch("/api/account", { json: { name } });
      await expect
        .poll(async () => (await kindsOf(person)).length)
        .toBeGreaterThan(["One", "Two", "Three"].indexOf(name) + 1);
    }
    const other = await app.signUp();
    const first = await pageOf(person, "?limit=3");
    expect(first.items.map(({ kind }) => kind)).toEqual(["user_updated", "user_updated", "user_updated"]);
    expect(first.items[0]).toMatchObject({
      at: new Date(app.clock.now()).toISOString(),
      device: "Firefox on Windows",
      address: "203.0.113.x",
    });
    const second = await pageOf(person, `?limit=3&cursor=${first.nextCursor}`);
    expect([second.items.map(({ kind }) => kind), second.nextCursor]).toEqual([["user_created"], null]);
    await expect.poll(() => kindsOf(other)).toEqual(["user_created"]);
    expect(JSON.stringify([first, second])).not.toContain("203.0.113.7");
  });

  it("R79: says nothing in a stranger's words, in those of an older row neither", async () => {
    const words = "Your account is locked, call 555-0100";
    const person = await app.signUp();
    await expect.poll(() => kindsOf(person)).toEqual(["user_created"]);
    await app.dependencies.database
      .fork()
      .execute("update activity set device = ? where user_id = ?", [words, person.user.id]);
    const wrong = { email: person.email, password: "a wrong password of somebody" };
    await app.visitor({ headers: { "User-Agent": `${words}/1` } }).post("/api/auth/login", { json: wrong });
    await expect.poll(() => kindsOf(person)).toEqual(["authn_login_fail", "user_created"]);
    const devices = (await pageOf(person)).items.map(({ device }) => device);
    expect(devices).toEqual(["Unknown device", "Unknown device"]);
  });

  it("can't be read by anybody who is not logged in, nor with a cursor of nobody's", async () => {
    expect((await app.visitor().get("/api/account/activity")).status).toBe(401);
    const { client } = await app.signUp();
    const odd = await client.get<Problem>("/api/account/activity?cursor=bm9ib2R5cw");
    expect([odd.status, odd.json.code]).toEqual([422, "invalid_input"]);
  });

  it("is forgotten after 180 days, and not before", async () => {
    const person = await app.signUp();
    await expect.poll(() => kindsOf(person)).toEqual(["user_created"]);
    const sql = "select kind from activity where user_id = ?";
    const stored = () => app.dependencies.database.fork().execute(sql, [person.user.id]);
    app.clock.advance("180d");
    await app.dependencies.workers.sweep.run();
    expect(await stored()).toHaveLength(1);
    app.clock.advance("1s");
    await app.dependencies.workers.sweep.run();
    expect(await stored()).toEqual([]);
  });
});
