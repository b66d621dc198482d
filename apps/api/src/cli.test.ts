import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import type { Account, Activity } from "@yumroad/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logInWithPasswordOnly, setUpTotp } from "../test/authenticator-app.ts";
import { nodeEnvironment } from "../test/server-process.ts";
import { temporaryFolder } from "../test/temporary-folder.ts";
import { canRunOn, createTestApp, named, type Person, storeKinds, type TestApp, whoIs } from "../test/test-app.ts";
import { runCommandLine } from "./cli/command-line.ts";
import { UserEntity } from "./identity/users/user.entity.ts";

const SECRETS = { SESSION_SECRET: "s".repeat(40), PASSWORD_PEPPER: "p".repeat(40) };
const cli = join(import.meta.dirname, "cli.ts");

interface Run {
  status: number;
  out: string;
  err: string;
}

/** Runs the command line with only these settings in its environment. */
async function run(words: string[], settings: Record<string, string>): Promise<Run> {
  const said = { out: "", err: "" };
  const status = await runCommandLine(words, {
    env: settings,
    output: { write: (text) => (said.out += text) },
    complaints: { write: (text) => (said.err += text) },
  });
  return { status, ...said };
}

/** The same as a separate process, as an operator runs it: a second or more each. */
function runProcess(words: string[], settings: Record<string, string>): Promise<Run> {
  const env = { ...nodeEnvironment(), ...settings };
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...words], { env }, (error, out, err) =>
      resolve({ status: error ? Number(error.code) : 0, out, err }),
    );
  });
}

/** The settings of a running server. */
function settingsOf({ config }: TestApp): Record<string, string> {
  return {
    PUBLIC_URL: config.publicUrl.origin,
    DATA_DIR: config.dataDir,
    SESSION_SECRET: config.sessionSecrets.join(","),
    PASSWORD_PEPPER: config.passwordPeppers.join(","),
    ...(config.databaseUrl !== null && { DATABASE_URL: config.databaseUrl }),
    ...(config.redisUrl !== null && { REDIS_URL: config.redisUrl, REDIS_PREFIX: config.redisPrefix }),
  };
}

describe.each(storeKinds)("the operator's command line beside a running server", (store) => {
  describe.skipIf(!canRunOn(store))(named("the operator's command line", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await createTestApp({ sessions: store });
    });
    afterAll(() => app.close());

    const user = (...words: string[]) => run(["user", ...words], settingsOf(app));
    const logIn = async ({ email, password }: Person) =>
      (await app.visitor().post("/api/auth/login", { json: { email, password } })).status;
    async function eventsOf({ client }: Person): Promise<Pick<Activity, "kind" | "device" | "address">[]> {
      const { json } = await client.get<{ items: Activity[] }>("/api/account/activity");
      return json.items.map(({ kind, device, address }) => ({ kind, device, address }));
    }

    it("R22: disables somebody, who is out at the next request, and lets them in again", async () => {
      const person = await app.signUp();
      const bystander = await app.signUp();
      const disabled = await user("disable", ` ${person.email.toUpperCase()}`);
      expect(disabled).toMatchObject({ status: 0, out: expect.stringContaining(`${person.email} is disabled`) });
      expect(await whoIs(person.client)).toBeNull();
      expect(await logIn(person)).toBe(401);
      expect(await whoIs(bystander.client)).not.toBeNull();
      // An account with sessions that could not be reached the first time.
      const halfDone = await app.signUp();
      const em = app.dependencies.database.fork();
      await em.nativeUpdate(UserEntity, { id: halfDone.user.id }, { disabledAt: new Date(app.clock.now()) });
      expect((await user("disable", halfDone.email)).out).toContain("disabled already");
      expect(await whoIs(halfDone.client)).toBeNull();
      expect(await user("reset-link", person.email)).toMatchObject({ status: 1, out: "" });

      expect(await user("enable", person.email)).toMatchObject({ status: 0 });
      expect(await logIn(person)).toBe(200);
      const events = await eventsOf(await app.logIn(person));
      const byOperator = (kind: string) => ({ kind, device: "", address: "" });
      expect(events).toEqual(expect.arrayContaining([byOperator("user_disabled"), byOperator("user_enabled")]));
      expect(disabled.err).toMatch(/"event":"user_disabled","userId":"[\w-]{36}"/);
    });

    it("R78: disables nobody without a record of it", async () => {
      const own = await createTestApp({ sessions: store });
      const person = await own.signUp();
      await own.dependencies.database.fork().execute("alter table activity rename to activity_elsewhere");
      expect((await run(["user", "disable", person.email], settingsOf(own))).status).toBe(1);
      const em = own.dependencies.database.fork();
      expect((await em.findOneOrFail(UserEntity, person.user.id)).disabledAt).toBeNull();
      await own.close();
    });

    it("R68: ends all sessions of somebody, who can log in again", async () => {
      const person = await app.signUp();
      const elsewhere = await app.logIn(person);
      expect(await user("end-sessions", person.email)).toMatchObject({ status: 0 });
      for (const { client } of [person, elsewhere]) expect(await whoIs(client)).toBeNull();
      const kinds = (await eventsOf(await app.logIn(person))).map(({ kind }) => kind);
      expect(kinds).toContain("sessions_ended_by_operator");
    });

    it("R82: adds, lists and removes operators, and keeps the last one", async () => {
      const own = await createTestApp({ sessions: store });
      const operator = (...words: string[]) => run(["operator", ...words], settingsOf(own));
      const [first, second] = [await own.signUp(), await own.signUp()];
      expect((await operator("list")).out).toBe("");
      expect((await operator("add", first.email)).out).toContain("is an operator from the next log-in on");
      expect(await whoIs(first.client)).toBeNull();
      expect((await operator("add", first.email)).out).toContain("already");
      const leaver = await own.signUp();
      await leaver.client.post("/api/account/deletion");
      expect(await operator("add", leaver.email)).toMatchObject({
        status: 1,
        err: expect.stringContaining("going to be deleted"),
      });
      const setup = await run(["setup-link"], settingsOf(own));
      expect(setup.out).toMatch(/^https:\/\/shop\.example\/setup#key=[\w-]{43}\n$/);
      const json = { token: setup.out.trim().split("key=")[1] };
      expect((await second.client.post("/api/operator/setup", { json })).status).toBe(200);
      const listed = (await operator("list")).out.trim().split("\n");
      expect(listed.map((line) => line.split("\t")[0]).toSorted()).toEqual([first.email, second.email].toSorted());
      expect((await operator("remove", first.email)).out).toContain("no operator any more");
      for (const words of [
        ["operator", "remove", second.email],
        ["user", "disable", second.email],
      ]) {
        const refused = await run(words, settingsOf(own));
        expect(refused).toMatchObject({ status: 1, err: expect.stringContaining("only operator") });
      }
      expect(await whoIs(second.client)).not.toBeNull();
      await own.close();
    });

    it("R105: changes who may sell, and says why not", async () => {
      const own = await createTestApp({ sessions: store, shopKind: "my_store" });
      const shopKind = (kind: string) => run(["shop-kind", kind], settingsOf(own));
      const person = await own.signUp();
      expect(await shopKind("marketplace")).toMatchObject({ status: 0, out: expect.stringContaining("from now on") });
      expect((await shopKind("marketplace")).out).toContain("already");
      const json = { name: "Field notes", price: { amount: 0, currency: "EUR" } };
      expect((await person.client.post("/api/products", { json })).status).toBe(201);
      const refused = await shopKind("my-store");
      expect(refused).toMatchObject({
        status: 1,
        out: "",
        err: expect.stringContaining("1 store belongs to somebody"),
      });
      await run(["operator", "add", person.email], settingsOf(own));
      expect(await shopKind("my_store")).toMatchObject({ status: 0, out: expect.stringContaining("Only operators") });
      await own.close();
    });

    it("makes a link to choose a new password, where no mail can be sent, and it works once", async () => {
      const person = await app.signUp();
      const { status, out, err } = await runProcess(["user", "reset-link", person.email], settingsOf(app));
      expect(status).toBe(0);
      expect(out).toMatch(/^https:\/\/shop\.example\/reset-password#token=[\w-]{43}\n$/);
      const token = out.trim().split("token=")[1];
      expect(err).not.toContain(token);
      const json = { token, password: "another jam on the shelf" };
      expect((await app.visitor().post("/api/auth/reset-password", { json })).status).toBe(200);
      const back = await app.logIn({ ...person, password: json.password });
      // Using a link that was handed over does not prove that its user reads the mail of the address.
      expect((await back.client.get<Account>("/api/account")).json.isEmailVerified).toBe(false);
      expect((await app.visitor().post("/api/auth/reset-password", { json })).status).toBe(410);
    });

    it("R70: takes the app of somebody away who has lost it and its codes, and says whose doing it was", async () => {
      const person = await app.signUp();
      const bystander = await app.signUp();
      for (const each of [person, bystander]) await setUpTotp(app, each);
      const pending = await logInWithPasswordOnly(app, person);
      const removed = await user("remove-app", person.email);
      expect(removed).toMatchObject({ status: 0, out: expect.stringContaining(`${person.email} logs in without`) });
      expect(removed.out).toContain("No mail can be sent: tell them yourself.");
      // No code would be accepted any more, so the page returns to the password.
      expect((await pending.get("/api/auth/session?passive=1")).json).toMatchObject({ user: null, ended: true });
      expect(await whoIs(person.client)).not.toBeNull();
      const events = await eventsOf(await app.logIn(person));
      expect(events).toContainEqual({ kind: "authn_factor_removed_by_operator", device: "", address: "" });
      expect((await user("remove-app", person.email)).out).toContain("has no authenticator app");
      await logInWithPasswordOnly(app, bystander);
    });

    it("lists everybody, and no hash, no id and no secret", async () => {
      const person = await app.signUp({ name: "Žofie Nováková" });
      const { status, out, err } = await runProcess(["user", "list"], settingsOf(app));
      expect(status).toBe(0);
      const since = new Date(app.clock.now()).toISOString().slice(0, 10);
      expect(out.split("\n")).toContain(`${person.email}\tŽofie Nováková\tactive\tsince ${since}`);
      for (const secret of ["y1:", "$2", person.user.id, ...app.config.sessionSecrets, ...app.config.passwordPeppers]) {
        expect(out + err).not.toContain(secret);
      }
    });

    it("says of nobody's address that it is, in a sentence", async () => {
      const { status, out, err } = await user("enable", "nobody@example.com");
      expect([status, out]).toEqual([1, ""]);
      expect(err).toContain("There is no account with the email nobody@example.com.");
      expect(err).not.toContain("    at ");
    });
  });
});

describe("the operator's command line", () => {
  it("R81: explains itself without any settings, and has no way to make an account or a password", async () => {
    const { status, out } = await runProcess(["user", "--help"], {});
    expect(status).toBe(0);
    const commands = [...out.matchAll(/^ {2}yumroad (?:user )?((?:operator )?\S+)/gm)].map(([, name]) => name);
    expect(commands).toEqual([
      "list",
      "disable",
      "enable",
      "end-sessions",
      "reset-link",
      "remove-app",
      "operator list",
      "operator add",
      "operator remove",
      "setup-link",
      "shop-kind",
      "doctor",
      "stripe",
      "backup",
      "restore",
      "restore",
      "--help",
    ]);
  });

  it("keeps what it makes from others, as the server does", { timeout: 60_000 }, async () => {
    const { path, remove } = temporaryFolder();
    const { status } = await runProcess(["user", "list"], {
      DATA_DIR: path,
      ...SECRETS,
      PUBLIC_URL: "https://shop.example",
    });
    expect(status).toBe(0);
    expect(statSync(join(path, "yumroad.db")).mode & 0o777).toBe(0o600);
    remove();
  });

  it("does nothing that it was not asked for", async () => {
    const odd = [
      "",
      "user",
      "user disable",
      "user constructor a@b.example",
      "user list more",
      "user enable a@b.example x",
      "shop-kind",
      "shop-kind bazaar",
      "shop-kind constructor",
      "shop-kind marketplace now",
    ];
    const runs = await Promise.all(odd.map((words) => run(words.split(" ").filter(Boolean), {})));
    expect(runs.map(({ status }) => status)).toEqual(odd.map(() => 2));
    for (const { out, err } of runs) expect(out + err).toContain("yumroad user list");
  });

  it("tells settings that are wrong as the server does: in sentences, with their mend", async () => {
    const { status, err } = await runProcess(["user", "list"], { PUBLIC_URL: "https://shop.example" });
    expect(status).toBe(1);
    expect(err).toMatch(/SESSION_SECRET is not set.*PASSWORD_PEPPER is not set/s);
    expect(err).not.toContain("    at ");
  });
});

describe.skipIf(!canRunOn("redis"))(named("the operator's command line while parts fail", "redis"), () => {
  it("R75: says that sessions could not be ended, and what to do, and changes nothing", async () => {
    const app = await createTestApp({ sessions: "redis" });
    const person = await app.signUp();
    const settings = { ...settingsOf(app), REDIS_URL: "redis://127.0.0.1:1" };
    // Runs in a separate process, because a process that keeps trying to reach Redis would not end.
    const { status, err } = await runProcess(["user", "disable", person.email], settings);
    expect(status).toBe(1);
    expect(err).toContain("The sessions can't be reached");
    expect(await whoIs(person.client)).not.toBeNull();
    expect((await app.logIn(person)).user.id).toBe(person.user.id);
    await app.close();
  });
});
