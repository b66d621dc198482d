import type { Account, Factors, Problem } from "@yumroad/contract";
import { race, statusesOf } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAuthenticatorApp, setUpTotp } from "../../../test/authenticator-app.ts";
import {
  askForEmail,
  duringTheChange,
  eventsOf,
  forgetPassword,
  mailedLink,
  NO_MAIL_LIMITS,
  proveAddress,
  refusedLinks,
  signUpProven,
} from "../../../test/mailed-links.ts";
import { makeOperator } from "../../../test/operators.ts";
import { addPasskey, createPasskeyDevice, loginOptions } from "../../../test/passkey-device.ts";
import {
  canRunOn,
  createTestApp,
  GOOD_PASSWORD,
  named,
  type Person,
  storeKinds,
  type TestApp,
  whoIs,
} from "../../../test/test-app.ts";
import { userCommands } from "../../cli/user-commands.ts";
import { findAccountById } from "../users/queries.ts";
import { UserEntity } from "../users/user.entity.ts";

// An attacker signs up with another's address and prepares the account to stay in it once its owner takes it over
// (Sudhodanan and Paverd, "Pre-hijacked accounts", USENIX Security 2022).

const VERIFY = "/api/auth/verify-email";
const DISOWN = "/api/auth/disown";
const RESET = "/api/auth/reset-password";
const NEW_PASSWORD = "quince jelly under the stairs";
const price = { amount: 100, currency: "EUR" };

const accountOf = async ({ client }: Pick<Person, "client">) => (await client.get<Account>("/api/account")).json;

/** Simulates a shop that had no mail until lately: factors were set up, and the address was never verified. */
async function unprove(app: TestApp, { user }: Person): Promise<void> {
  await app.dependencies.database.fork().nativeUpdate(UserEntity, { id: user.id }, { emailVerifiedAt: null });
}

async function countOf(app: TestApp, table: string, { user }: Person): Promise<number> {
  const sql = `select count(*) as count from ${table} where user_id = ?`;
  const [row] = await app.dependencies.database.fork().execute<{ count: number | string }[]>(sql, [user.id]);
  return Number(row?.count);
}

const factorsOf = async (app: TestApp, person: Person) =>
  Promise.all(["totp_factors", "recovery_codes", "passkeys"].map((table) => countOf(app, table, person)));

describe.each(storeKinds)("an account that somebody else has made with one's address", (store) => {
  describe.skipIf(!canRunOn(store))(named("an account with one's address", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await createTestApp({ sessions: store, mail: true, limits: NO_MAIL_LIMITS });
    });
    afterAll(() => app.close());

    const post = (path: string, json: object, client = app.visitor()) => client.post<Problem>(path, { json });

    /** An account with an unverified address, and the token that was mailed there. */
    async function squatted(email?: string): Promise<{ person: Person; token: string }> {
      const person = await app.signUp(email === undefined ? {} : { email });
      return { person, token: (await mailedLink(app, person.email)).token };
    }

    it("R63: is not confirmed by its owner's click: the link asks for the password of whoever made it", async () => {
      const { person, token } = await squatted();
      const bystander = await app.signUp();
      for (const client of [app.visitor(), bystander.client]) {
        const answer = await post(VERIFY, { token }, client);
        expect([answer.status, answer.json.code]).toEqual([403, "password_required"]);
      }
      expect((await accountOf(person)).isEmailVerified).toBe(false);
      expect((await post(VERIFY, { token }, person.client)).status).toBe(200);
    });

    it("R63: is confirmed by its password in whatever browser, which logs nobody in", async () => {
      const { person, token } = await squatted();
      const client = app.visitor();
      const wrong = await post(VERIFY, { token, password: "not the password" }, client);
      expect([wrong.status, wrong.json.code]).toEqual([401, "invalid_credentials"]);
      expect((await accountOf(person)).isEmailVerified).toBe(false);
      const right = await post(VERIFY, { token, password: person.password }, client);
      expect([right.status, right.json, right.setCookies]).toEqual([
        200,
        { email: person.email, isChanged: false },
        [],
      ]);
      expect(await whoIs(client)).toBeNull();
      expect((await accountOf(person)).isEmailVerified).toBe(true);
      expect(await eventsOf(app, person)).toEqual(expect.arrayContaining(["authn_login_fail", "authn_email_verified"]));
    });

    it("R54: its password is not guessed by its link: wrong ones are counted with those of the log-in", async () => {
      const { person, token } = await squatted();
      const guess = async () => (await post(VERIFY, { token, password: "not the password" })).status;
      const statuses: number[] = [];
      for (let time = 0; time < 6; time += 1) statuses.push(await guess());
      expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
      const { email, password } = person;
      expect((await post("/api/auth/login", { email, password })).status).toBe(429);
    });

    it("R64: nor does a click give somebody's account one's address: the link for it asks for the password as well", async () => {
      const person = await signUpProven(app);
      const wanted = `victim-${person.email}`;
      const token = await askForEmail(app, person, wanted);
      const answer = await post(VERIFY, { token });
      expect([answer.status, answer.json.code]).toEqual([403, "password_required"]);
      expect((await whoIs(person.client))?.email).toBe(person.email);
      expect((await post(VERIFY, { token, password: person.password })).status).toBe(200);
    });

    it("R63: “I didn’t create this account” ends its sessions, shuts it, and hides what it sells", async () => {
      const { person, token } = await squatted();
      const elsewhere = await app.logIn(person);
      const made = await post("/api/products", { name: "In your name", price }, person.client);
      const { slug } = made.json as unknown as { slug: string };
      const answer = await post(DISOWN, { token });
      expect([answer.status, answer.json, answer.setCookies]).toEqual([200, { isAccountClosed: true }, []]);
      for (const { client } of [person, elsewhere]) expect(await whoIs(client)).toBeNull();
      const { email, password } = person;
      expect((await post("/api/auth/login", { email, password })).status).toBe(401);
      expect((await app.visitor().get(`/api/products/${slug}`)).status).toBe(404);
      expect(await eventsOf(app, person)).toContain("user_disowned");
      expect(app.logs.text).toContain("user_disowned");
      expect(app.logs.text).not.toContain(email);
    });

    it("R63: its address can sign up at once, with all that belongs to a new account, and nothing of the other is in it", async () => {
      const { person, token } = await squatted();
      const [newer] = [await forgetPassword(app, person)];
      await post(DISOWN, { token });
      const owner = await app.signUp({ email: person.email, password: NEW_PASSWORD });
      expect(owner.user.id).not.toBe(person.user.id);
      const mails = (await app.mailbox.to(person.email)).filter(({ subject }) => subject === "Confirm your email");
      expect(mails).toHaveLength(2);
      const { token: theirs } = await mailedLink(app, person.email);
      expect((await post(VERIFY, { token: theirs }, owner.client)).status).toBe(200);
      for (const ended of [token, newer]) {
        expect((await post(RESET, { token: ended, password: NEW_PASSWORD })).status).toBe(410);
        expect((await post(DISOWN, { token: ended })).status).toBe(410);
      }
      expect((await app.logIn(owner)).user.id).toBe(owner.user.id);
    });

    it("R63: nobody is in it again when an operator enables it: neither by its password nor by a way in of before", async () => {
      const { person, token } = await squatted();
      await proveAddress(app, person);
      const { device } = await addPasskey(person);
      await unprove(app, person);
      const reset = await forgetPassword(app, person);
      await post(DISOWN, { token });
      const account = await findAccountById(app.dependencies.database.fork(), person.user.id);
      if (!account) throw new Error("The account is gone");
      await userCommands.enable?.(app.dependencies, account);
      const { email } = account.user;
      expect(email).toMatch(/^[\w-]{36}@disowned\.invalid$/);
      expect(email).not.toContain(person.user.id);
      expect((await post("/api/auth/login", { email, password: person.password })).status).toBe(401);
      const json = { passkey: device.get(await loginOptions(app)) };
      expect((await app.visitor().post("/api/auth/passkey", { json })).status).toBe(401);
      expect((await post(RESET, { token: reset, password: NEW_PASSWORD })).status).toBe(410);
      await forgetPassword(app, { email }).catch(() => {});
      expect(await app.mailbox.to(email)).toEqual([]);
    });

    it("R63: a log-in in the middle of it is over as well", async () => {
      const { person, token } = await squatted();
      const late = app.visitor();
      const { sessionStore } = app.dependencies;
      const endAllOf = sessionStore.endAllOf.bind(sessionStore);
      sessionStore.endAllOf = async (...given) => {
        sessionStore.endAllOf = endAllOf;
        const ended = await endAllOf(...given);
        await app.logIn(person, { client: late });
        return ended;
      };
      expect((await post(DISOWN, { token })).status).toBe(200);
      expect(await whoIs(late)).toBeNull();
    });

    it("R60, R61: it is given up once, of twenty at once, and not by looking at the link", async () => {
      const { person, token } = await squatted();
      for (const path of ["/verify-email", DISOWN, `${DISOWN}?token=${token}`]) {
        await app.visitor().get(path);
        await app.visitor().head(path);
      }
      expect(await whoIs(person.client)).not.toBeNull();
      const answers = await race(20, () => post(DISOWN, { token }));
      expect(statusesOf(answers).toSorted()).toEqual([200, ...Array.from({ length: 19 }, () => 410)]);
    });

    it("R63: not once its address is proven, and by no link that is for something else", async () => {
      const { person, token } = await squatted();
      const reset = await forgetPassword(app, person);
      app.logs.clear();
      expect((await post(DISOWN, { token: reset })).json.code).toBe("link_invalid");
      await proveAddress(app, person);
      expect((await post(DISOWN, { token })).json.code).toBe("link_invalid");
      expect(refusedLinks(app)).toEqual([person.user.id, person.user.id]);
      expect((await app.logIn(person)).user.id).toBe(person.user.id);
    });

    it("R82: nor once it operates the shop: whoever reads the mail of the address does not take the shop from its owner", async () => {
      const { person, token } = await squatted();
      const operator = await makeOperator(app, person);
      expect((await post(DISOWN, { token })).json.code).toBe("link_invalid");
      expect((await whoIs(operator.client))?.isOperator).toBe(true);
      expect((await post(VERIFY, { token }, operator.client)).status).toBe(200);
    });

    it("R82: nor by a new password once it operates the shop, by whatever link of the mailbox", async () => {
      const { person } = await squatted();
      const before = await forgetPassword(app, person);
      const operator = await makeOperator(app, person);
      const mailed = (await app.mailbox.to(person.email)).length;
      const json = { email: person.email };
      expect((await app.visitor().post("/api/auth/forgot-password", { json })).status).toBe(202);
      await app.dependencies.passwordResetWorker.run();
      expect(await app.mailbox.to(person.email)).toHaveLength(mailed);
      expect((await post(RESET, { token: before, password: NEW_PASSWORD })).json.code).toBe("link_invalid");
      expect((await whoIs(operator.client))?.isOperator).toBe(true);

      const account = await findAccountById(app.dependencies.database.fork(), person.user.id);
      const link = account && (await userCommands["reset-link"]?.(app.dependencies, account));
      const handedOver = new URLSearchParams(new URL(link ?? "").hash.slice(1)).get("token");
      expect((await post(RESET, { token: handedOver, password: NEW_PASSWORD })).status).toBe(200);
    });

    it("R82: nor in the moment in which it begins to operate the shop", async () => {
      for (const path of [DISOWN, RESET]) {
        const { person, token: verifying } = await squatted();
        const token = path === DISOWN ? verifying : await forgetPassword(app, person);
        duringTheChange(app, async () => {
          await makeOperator(app, person);
        });
        const json = path === DISOWN ? { token } : { token, password: NEW_PASSWORD };
        expect((await post(path, json)).json.code).toBe("link_invalid");
        expect((await app.logIn(person)).user.id).toBe(person.user.id);
      }
    });

    it("R82: an operator whose address is confirmed gets a link to a new password", async () => {
      const { person } = await squatted();
      await makeOperator(app, person);
      await proveAddress(app, person);
      expect((await post(RESET, { token: await forgetPassword(app, person), password: NEW_PASSWORD })).status).toBe(
        200,
      );
    });

    it("R64: of a change of address it calls off that change and nothing else", async () => {
      const person = await signUpProven(app);
      const wanted = `bystander-${person.email}`;
      const token = await askForEmail(app, person, wanted);
      const answer = await post(DISOWN, { token });
      expect([answer.status, answer.json]).toEqual([200, { isAccountClosed: false }]);
      expect(await accountOf(person)).toMatchObject({ user: { email: person.email }, pendingEmail: null });
      expect((await post(VERIFY, { token }, person.client)).status).toBe(410);
      expect((await app.signUp({ email: wanted })).user.id).not.toBe(person.user.id);
    });

    it("R64: whoever makes it leads nobody into it by a change of address: an address never proven is no way back", async () => {
      const { person } = await squatted();
      const elsewhere = `elsewhere-${person.email}`;
      const token = await askForEmail(app, person, elsewhere);
      expect((await post(VERIFY, { token }, person.client)).status).toBe(200);
      const subjects = (await app.mailbox.to(person.email)).map(({ subject }) => subject);
      expect(subjects).not.toContain("Your email was changed");
      expect((await app.signUp({ email: person.email })).user.id).not.toBe(person.user.id);
    });

    it("R63: a reset that first proves the address ends authenticator app, recovery codes and passkeys", async () => {
      const person = await app.signUp();
      await proveAddress(app, person);
      const { device } = await addPasskey(person);
      await setUpTotp(app, person);
      await unprove(app, person);
      expect(await factorsOf(app, person)).toEqual([1, 10, 1]);
      const token = await forgetPassword(app, person);
      expect((await post(RESET, { token, password: NEW_PASSWORD })).status).toBe(200);
      expect(await factorsOf(app, person)).toEqual([0, 0, 0]);
      expect((await app.logIn({ ...person, password: NEW_PASSWORD })).user.id).toBe(person.user.id);
      const json = { passkey: device.get(await loginOptions(app)) };
      expect((await app.visitor().post("/api/auth/passkey", { json })).status).toBe(401);
    });

    it("R63: and its notice lists what was put up for sale, at most twenty of it, as text", async () => {
      const { person } = await squatted();
      const names = ["<b>Bold</b> moves", ...Array.from({ length: 21 }, (_, place) => `Print no. ${place + 1}`)];
      for (const name of names) await post("/api/products", { name, price }, person.client);
      await post(RESET, { token: await forgetPassword(app, person), password: NEW_PASSWORD });
      const { text, html } = await app.mailbox.last(person.email);
      expect(text).toContain("“Print no. 21”");
      expect(text).toContain("“Print no. 2”, and 2 more");
      expect(text).not.toContain("Bold");
      expect(html).not.toContain("<b>");
      expect(text).not.toContain("still log in");
    });

    it("R63: a reset of a proven account leaves its factors, and its notice lists the passkeys that remain", async () => {
      const person = await signUpProven(app);
      await addPasskey(person, { name: "Laptop <b>" });
      await setUpTotp(app, person);
      await post("/api/products", { name: "Nobody's business", price }, person.client);
      await post(RESET, { token: await forgetPassword(app, person), password: NEW_PASSWORD });
      expect(await factorsOf(app, person)).toEqual([1, 10, 1]);
      const { text, html } = await app.mailbox.last(person.email);
      expect(text).toMatch(/passkeys still log in.*under the names that were chosen when they were added/s);
      expect(text).toContain("“Laptop <b>”");
      expect(html).toContain("“Laptop &lt;b&gt;”");
      expect(text).not.toContain("Nobody's business");
    });

    /** Runs `happen` after the session was rotated and before the requested change is stored. */
    function afterTheNewId(happen: () => Promise<void>): void {
      const { sessionStore } = app.dependencies;
      const move = sessionStore.move.bind(sessionStore);
      sessionStore.move = async (...given) => {
        sessionStore.move = move;
        const isMoved = await move(...given);
        await happen();
        return isMoved;
      };
    }

    it("R63: a passkey or an app that is added in the middle of a reset does not survive it", async () => {
      for (const way of ["passkey", "app"]) {
        const person = await signUpProven(app);
        const { json: options } = await person.client.post<never>("/api/account/passkey-options");
        const { json: begun } = await person.client.post<{ secret: string }>("/api/account/totp");
        const token = await forgetPassword(app, person);
        afterTheNewId(async () => {
          expect((await post(RESET, { token, password: NEW_PASSWORD })).status).toBe(200);
        });
        const { status } =
          way === "passkey"
            ? await post(
                "/api/account/passkeys",
                { passkey: createPasskeyDevice().create(options), name: "Mine" },
                person.client,
              )
            : await post(
                "/api/account/totp/confirm",
                { code: createAuthenticatorApp(app, begun.secret).code() },
                person.client,
              );
        expect([way, status]).toEqual([way, 401]);
        const [, codes, passkeys] = await factorsOf(app, person);
        expect([codes, passkeys]).toEqual([0, 0]);
        const { client } = await app.logIn({ ...person, password: NEW_PASSWORD });
        expect((await client.get<Factors>("/api/account/factors")).json.totpSince).toBeNull();
      }
    });
  });
});

describe("an account whose address is not proven", () => {
  const asks: [string, string, object?][] = [
    ["begin to set up an app", "/api/account/totp"],
    ["confirm an app", "/api/account/totp/confirm", { code: "123456" }],
    ["be given options for a passkey", "/api/account/passkey-options"],
    [
      "add a passkey",
      "/api/account/passkeys",
      { name: "Laptop", passkey: createPasskeyDevice().create({ challenge: "AAAA", user: { id: "AAAA" } }) },
    ],
  ];

  it.each([
    ["with SMTP", { mail: true }],
    ["with a mail tray", { isLocalDemo: true }],
  ])("R63: where mail can be sent (%s) can't be given another way in", async (_, options) => {
    const app = await createTestApp(options);
    const { client } = await app.signUp();
    for (const [, path, json] of asks) {
      const answer = await client.post<Problem>(path, json && { json });
      expect([path, answer.status, answer.json.code]).toEqual([path, 403, "email_unverified"]);
    }
    app.clock.advance("11m");
    for (const [, path, json] of asks) {
      expect((await client.post<Problem>(path, json && { json })).json.code).toBe("reauth_required");
    }
    await app.close();
  });

  it("R63: where no mail can be sent may be given one, as nobody could ever prove it", async () => {
    const app = await createTestApp();
    const person = await app.signUp();
    await addPasskey(person);
    await setUpTotp(app, person);
    expect(await factorsOf(app, person)).toEqual([1, 10, 1]);
    await app.close();
  });

  it("R63: can be signed up with by nobody who waits for it: what it gets once it is disowned is not known before", async () => {
    const app = await createTestApp({ mail: true });
    const person = await app.signUp();
    const { token } = await mailedLink(app, person.email);
    await app.signUp({ email: `${person.user.id}@disowned.invalid`, password: GOOD_PASSWORD });
    expect((await app.visitor().post(DISOWN, { json: { token } })).status).toBe(200);
    await app.close();
  });

  it("R63: once it is disowned, no limit stands in the way of its owner: they sign up, are written to, and log in", async () => {
    const app = await createTestApp({ mail: true });
    const person = await app.signUp();
    const { token } = await mailedLink(app, person.email);
    await app.visitor().post(DISOWN, { json: { token } });
    const owner = await app.signUp({ email: person.email, password: NEW_PASSWORD });
    const { token: theirs } = await mailedLink(app, person.email);
    expect(theirs).not.toBe(token);
    expect((await owner.client.post(VERIFY, { json: { token: theirs } })).status).toBe(200);
    expect((await app.logIn(owner)).user.id).toBe(owner.user.id);
    await app.close();
  });
});
