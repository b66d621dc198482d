import type { Account, Problem } from "@yumroad/contract";
import { type Client, race, statusesOf } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  askForEmail,
  duringTheChange,
  eventsOf,
  forgetPassword,
  mailedLink,
  NO_MAIL_LIMITS,
  signUpProven,
} from "../../../test/mailed-links.ts";
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

const PATH = "/api/account/email";
const LIMITS = { ...NO_MAIL_LIMITS, emailChanges: { max: 1000, windowMs: 60_000 } };
const NEW_PASSWORD = "quince jelly under the stairs";

let addresses = 0;
function newAddress(): string {
  addresses += 1;
  return `new-${addresses}@example.org`;
}

const post = (path: string) => (token: string, client: Client) => client.post<Problem>(path, { json: { token } });
const CONFIRM = "/api/auth/verify-email";
const confirm = post(CONFIRM);
const undo = post("/api/auth/undo-email-change");
const accountOf = async ({ client }: Pick<Person, "client">) => (await client.get<Account>("/api/account")).json;
const sessionOf = ({ client }: Pick<Person, "client">) => client.cookies.get("__Host-yumroad")?.value;

describe.each(storeKinds)("another address", (store) => {
  describe.skipIf(!canRunOn(store))(named("another address", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await createTestApp({ sessions: store, mail: true, limits: LIMITS });
    });
    afterAll(() => app.close());

    it("R64: waits for the link that was mailed there; the old one is told, and stays for now", async () => {
      const person = await signUpProven(app);
      const email = newAddress();
      const answer = await person.client.post(PATH, { json: { email } });
      expect([answer.status, answer.text]).toEqual([202, ""]);
      const mail = await app.mailbox.last(email);
      expect([mail.recipients, mail.subject]).toEqual([[email], "Confirm your new email"]);
      expect(mail.link()).toMatch(/^https:\/\/shop\.example\/verify-email#token=[\w-]{43}$/);
      const notice = await app.mailbox.last(person.email);
      expect(notice.subject).toBe("Your email is about to change");
      expect(notice.source).not.toContain("token=");
      expect(await accountOf(person)).toMatchObject({ user: { email: person.email }, pendingEmail: email });
      expect((await app.logIn(person)).user.email).toBe(person.email);
      expect(await eventsOf(app, person)).toContain("authn_email_change_asked");
    });

    it("R64: is the account's once the link is used: proven, in the session, and the way to log in", async () => {
      const person = await signUpProven(app);
      const email = newAddress();
      const token = await askForEmail(app, person, email);
      const answer = await confirm(token, person.client);
      expect([answer.status, answer.json]).toEqual([200, { email, isChanged: true }]);
      expect((await whoIs(person.client))?.email).toBe(email);
      expect(await accountOf(person)).toMatchObject({ user: { email }, isEmailVerified: true, pendingEmail: null });
      expect((await app.logIn({ ...person, email })).user.id).toBe(person.user.id);
      const { password } = person;
      const old = await app.visitor().post("/api/auth/login", { json: { email: person.email, password } });
      expect(old.status).toBe(401);
      expect(await eventsOf(app, person)).toContain("authn_email_changed");
    });

    it("R4, R64: ends all sessions; the browser that comes with the link, logged in, goes on under a new id", async () => {
      const person = await signUpProven(app);
      const elsewhere = await app.logIn(person);
      const bystander = await signUpProven(app);
      const cookies = person.client.cookies.snapshot();
      const before = sessionOf(person);
      const token = await askForEmail(app, person, newAddress());
      await confirm(token, person.client);
      expect(sessionOf(person)).not.toBe(before);
      expect(await whoIs(person.client)).not.toBeNull();
      const old = person.client.twin(cookies);
      expect(await whoIs(old)).toBeNull();
      expect(await whoIs(elsewhere.client)).toBeNull();
      expect(await whoIs(bystander.client)).not.toBeNull();
    });

    it("R69: the link is no proof: the browser that comes with it is as fresh as it was", async () => {
      const person = await signUpProven(app);
      app.clock.advance("9m");
      await confirm(await askForEmail(app, person, newAddress()), person.client);
      app.clock.advance("2m");
      const answer = await person.client.post<Problem>("/api/account/email", { json: { email: newAddress() } });
      expect(answer.json.code).toBe("reauth_required");
    });

    it("R64: confirmed by the password, in a browser that is nobody's or somebody else's, ends all sessions and begins none", async () => {
      const bystander = await signUpProven(app);
      for (const client of [app.visitor(), bystander.client]) {
        const person = await signUpProven(app);
        const token = await askForEmail(app, person, newAddress());
        const answer = await client.post(CONFIRM, { json: { token, password: person.password } });
        expect([answer.status, answer.setCookies]).toEqual([200, []]);
        expect(await whoIs(person.client)).toBeNull();
      }
      expect((await whoIs(bystander.client))?.id).toBe(bystander.user.id);
    });

    it("R64: ends a session that begins in the middle of the change, or of taking it back", async () => {
      const person = await signUpProven(app);
      const token = await askForEmail(app, person, newAddress());
      const late = app.visitor();
      duringTheChange(app, async () => void (await app.logIn(person, { client: late })));
      expect((await confirm(token, person.client)).status).toBe(200);
      expect(await whoIs(late)).toBeNull();
      const { token: undoing } = await mailedLink(app, person.email);
      const { email } = (await whoIs(person.client)) ?? person;
      duringTheChange(app, async () => void (await app.logIn({ ...person, email }, { client: late })));
      expect((await undo(undoing, app.visitor())).status).toBe(200);
      expect(await whoIs(late)).toBeNull();
    });

    it("R64: can be taken back by the link to the old one, which ends all sessions and offers a new password", async () => {
      const person = await signUpProven(app);
      const email = newAddress();
      await confirm(await askForEmail(app, person, email), person.client);
      const notice = await app.mailbox.last(person.email);
      expect(notice.subject).toBe("Your email was changed");
      expect(notice.link()).toMatch(/^https:\/\/shop\.example\/undo-email-change#token=[\w-]{43}$/);
      const { token } = await mailedLink(app, person.email);

      const owner = app.visitor();
      const answer = await undo(token, owner);
      expect([answer.status, answer.json, answer.setCookies]).toEqual([200, { email: person.email }, []]);
      expect(await whoIs(person.client)).toBeNull();
      expect(await eventsOf(app, person)).toContain("authn_email_change_undone");
      const { token: resetToken } = await mailedLink(app, person.email);
      // An intruder who knows the password can change it. This change must not end the owner's link.
      const thief = await app.logIn(person);
      const change = { currentPassword: person.password, password: "nine herons by the quarry" };
      expect((await thief.client.post("/api/account/password", { json: change })).status).toBe(200);
      const json = { token: resetToken, password: NEW_PASSWORD };
      expect((await owner.post("/api/auth/reset-password", { json })).status).toBe(200);
      const back = await app.logIn({ ...person, password: NEW_PASSWORD });
      expect(back.user.email).toBe(person.email);
      expect(await accountOf(back)).toMatchObject({ isEmailVerified: true, pendingEmail: null });
      expect((await undo(token, owner)).status).toBe(410);
    });
  });
});

describe("a change of address", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ mail: true, limits: LIMITS });
  });
  afterAll(() => app.close());

  it("is refused for an address that has an account, one's own included, and nobody is written to", async () => {
    const [person, other] = [await signUpProven(app), await signUpProven(app)];
    for (const email of [other.email, other.email.toUpperCase(), person.email]) {
      const before = (await app.mailbox.to(other.email)).length;
      const answer = await person.client.post<Problem>(PATH, { json: { email } });
      expect(answer.json).toMatchObject({ status: 409, code: "email_taken" });
      expect(await app.mailbox.to(other.email)).toHaveLength(before);
    }
    expect((await accountOf(person)).pendingEmail).toBeNull();
  });

  it("is refused in a shop that can't send mail", async () => {
    const silent = await createTestApp();
    const { client } = await silent.signUp();
    const answer = await client.post<Problem>(PATH, { json: { email: newAddress() } });
    expect(answer.json).toMatchObject({ status: 503, code: "mail_unavailable" });
    expect((await accountOf({ client })).pendingEmail).toBeNull();
    await silent.close();
  });

  it("can be asked for at most once in five minutes for an address, and ten times a day by an account", async () => {
    const strict = await createTestApp({ mail: true });
    const person = await strict.signUp();
    const ask = async (email: string) => (await person.client.post(PATH, { json: { email } })).status;
    expect([await ask("a@example.org"), await ask("A@example.org")]).toEqual([202, 429]);
    const statuses: number[] = [];
    for (let time = 1; time <= 10; time += 1) statuses.push(await ask(`a-${time}@example.org`));
    expect(statuses).toEqual([...Array.from({ length: 9 }, () => 202), 429]);
    await strict.close();
  });

  it("R60: is confirmed by the newest link alone", async () => {
    const person = await signUpProven(app);
    const [first, second] = [newAddress(), newAddress()];
    const older = await askForEmail(app, person, first);
    const newer = await askForEmail(app, person, second);
    expect((await accountOf(person)).pendingEmail).toBe(second);
    expect((await confirm(older, app.visitor())).status).toBe(410);
    expect((await confirm(newer, person.client)).json).toEqual({ email: second, isChanged: true });
  });

  it("R60: of twenty confirmations at once one succeeds", async () => {
    const person = await signUpProven(app);
    const token = await askForEmail(app, person, newAddress());
    const answers = await race(20, () => confirm(token, person.client));
    // The first request changes the session's id, so some of the other requests are unauthenticated.
    const statuses = statusesOf(answers);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => ![200, 403, 410].includes(status))).toEqual([]);
    const notices = (await app.mailbox.to(person.email)).filter(({ subject }) => subject === "Your email was changed");
    expect(notices).toHaveLength(1);
  });

  it("R51: that twenty want at once goes to one of them, and the others are told that it is taken", async () => {
    const email = newAddress();
    const people = await Promise.all(Array.from({ length: 20 }, () => signUpProven(app)));
    const tokens: string[] = [];
    for (const person of people) tokens.push(await askForEmail(app, person, email));
    const answers = await race(20, (place) => confirm(tokens[place] ?? "", people[place]?.client ?? app.visitor()));
    const statuses = statusesOf(answers);
    expect(statuses.toSorted()).toEqual([200, ...Array.from({ length: 19 }, () => 409)]);
    const [row] = await app.dependencies.database
      .fork()
      .execute<{ count: number | string }[]>("select count(*) as count from users where email_key = ?", [email]);
    expect(Number(row?.count)).toBe(1);
  });

  it("that somebody signs up with meanwhile is refused, and whoever wanted it stays logged in", async () => {
    const person = await signUpProven(app);
    const email = newAddress();
    const token = await askForEmail(app, person, email);
    await app.signUp({ email });
    const answer = await confirm(token, person.client);
    expect(answer.json).toMatchObject({ status: 409, code: "email_taken" });
    expect((await whoIs(person.client))?.email).toBe(person.email);
  });

  it("R51: that somebody signs up with at that very moment is refused, and the link is as good as it was", async () => {
    const person = await signUpProven(app);
    const email = newAddress();
    const token = await askForEmail(app, person, email);
    duringTheChange(app, async () => void (await app.signUp({ email })));
    expect((await confirm(token, person.client)).json).toMatchObject({ status: 409, code: "email_taken" });
    expect((await whoIs(person.client))?.email).toBe(person.email);
    expect((await accountOf(person)).pendingEmail).toBe(email);
  });

  it("can be forgotten about: the link is over", async () => {
    const person = await signUpProven(app);
    const token = await askForEmail(app, person, newAddress());
    for (let time = 0; time < 2; time += 1) {
      const answer = await person.client.delete(PATH);
      expect([answer.status, answer.text]).toEqual([204, ""]);
    }
    expect((await accountOf(person)).pendingEmail).toBeNull();
    expect((await confirm(token, person.client)).status).toBe(410);
    expect((await app.visitor().delete(PATH)).status).toBe(401);
    expect((await eventsOf(app, person)).filter((kind) => kind === "authn_email_change_undone")).toHaveLength(1);
  });

  it("is no longer pending after an hour, and its link is over", async () => {
    const person = await signUpProven(app);
    const token = await askForEmail(app, person, newAddress());
    app.clock.advance("1h");
    expect((await accountOf(person)).pendingEmail).toBeNull();
    expect((await confirm(token, person.client)).status).toBe(410);
  });

  it("R61: is neither confirmed nor taken back by looking at a link", async () => {
    const person = await signUpProven(app);
    const email = newAddress();
    const token = await askForEmail(app, person, email);
    for (const path of ["/verify-email", "/api/auth/verify-email"]) await app.visitor().get(path);
    expect((await whoIs(person.client))?.email).toBe(person.email);
    await confirm(token, person.client);
    const { token: undoing } = await mailedLink(app, person.email);
    for (const path of ["/undo-email-change", "/api/auth/undo-email-change"]) {
      await app.visitor().get(path);
      await app.visitor().head(path);
    }
    expect((await whoIs(person.client))?.email).toBe(email);
    expect((await undo(undoing, app.visitor())).status).toBe(200);
  });

  it("ends the links that were mailed to the old address to get in by", async () => {
    const person = await signUpProven(app);
    const change = await askForEmail(app, person, newAddress());
    const reset = await forgetPassword(app, person);
    await confirm(change, person.client);
    const json = { token: reset, password: NEW_PASSWORD };
    expect((await app.visitor().post("/api/auth/reset-password", { json })).status).toBe(410);
  });
});

describe("the link that takes a change of address back", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ mail: true, limits: LIMITS });
  });
  afterAll(() => app.close());

  /** An account with an address that an intruder has changed, and the link that undoes it. */
  async function takenOver() {
    const owner = await signUpProven(app);
    const intruder = await app.logIn(owner);
    const email = newAddress();
    await confirm(await askForEmail(app, intruder, email), intruder.client);
    const { token } = await mailedLink(app, owner.email);
    return { owner, intruder: { ...intruder, email }, token };
  }

  it("outlives what whoever has taken the address over can do: another change, a reset, another undoing", async () => {
    const { owner, intruder, token } = await takenOver();
    const third = newAddress();
    await confirm(await askForEmail(app, intruder, third), intruder.client);
    const { token: intrudersUndoing } = await mailedLink(app, intruder.email);
    const reset = await forgetPassword(app, { email: third });
    const json = { token: reset, password: NEW_PASSWORD };
    expect((await app.visitor().post("/api/auth/reset-password", { json })).status).toBe(200);
    expect((await undo(intrudersUndoing, app.visitor())).json).toEqual({ email: intruder.email });
    expect((await undo(token, app.visitor())).json).toEqual({ email: owner.email });
    expect((await undo(intrudersUndoing, app.visitor())).status).toBe(410);
  });

  it("ends the newer ones, and what is pending at the other address", async () => {
    const { intruder, token } = await takenOver();
    const third = newAddress();
    await confirm(await askForEmail(app, intruder, third), intruder.client);
    const { token: intrudersUndoing } = await mailedLink(app, intruder.email);
    const pending = await askForEmail(app, intruder, newAddress());
    const reset = await forgetPassword(app, { email: third });
    expect((await undo(token, app.visitor())).status).toBe(200);
    expect((await undo(intrudersUndoing, app.visitor())).status).toBe(410);
    expect((await confirm(pending, app.visitor())).status).toBe(410);
    const json = { token: reset, password: NEW_PASSWORD };
    expect((await app.visitor().post("/api/auth/reset-password", { json })).status).toBe(410);
  });

  it("R64: works once, of twenty at once, for a day and not after it", async () => {
    const { owner, token } = await takenOver();
    const answers = await race(20, () => undo(token, app.visitor()));
    const statuses = statusesOf(answers);
    expect(statuses.toSorted()).toEqual([200, ...Array.from({ length: 19 }, () => 410)]);
    expect((await app.logIn(owner)).user.email).toBe(owner.email);
    const [late, tooLate] = [await takenOver(), await takenOver()];
    app.clock.advance("23h");
    expect((await undo(late.token, app.visitor())).status).toBe(200);
    app.clock.advance("1h");
    expect((await undo(tooLate.token, app.visitor())).status).toBe(410);
  });

  it("R60: is for that alone: no other link takes a change back, and it opens nothing else", async () => {
    const { intruder, token } = await takenOver();
    const reset = await forgetPassword(app, intruder);
    for (const wrong of [reset, token.slice(1), "c".repeat(43)]) {
      expect((await undo(wrong, app.visitor())).status).toBe(410);
    }
    expect((await confirm(token, app.visitor())).status).toBe(410);
    const json = { token, password: NEW_PASSWORD };
    expect((await app.visitor().post("/api/auth/reset-password", { json })).status).toBe(410);
    expect((await undo(token, app.visitor())).status).toBe(200);
  });

  it("keeps the former address for its owner: nobody can sign up with it or change to it until the link is over", async () => {
    const { owner, intruder } = await takenOver();
    const stranger = await signUpProven(app);
    const signUp = () =>
      app.visitor().post<Problem>("/api/auth/signup", {
        json: { name: "Stranger", email: owner.email.toUpperCase(), password: GOOD_PASSWORD },
      });
    expect((await signUp()).json).toMatchObject({ status: 409, code: "email_taken" });
    const change = await stranger.client.post<Problem>(PATH, { json: { email: owner.email } });
    expect(change.json).toMatchObject({ status: 409, code: "email_taken" });
    // The account itself may use it, also by an ordinary change.
    expect((await intruder.client.post(PATH, { json: { email: owner.email } })).status).toBe(202);
    app.clock.advance("23h");
    expect((await signUp()).status).toBe(409);
    app.clock.advance("1h");
    expect((await signUp()).status).toBe(201);
  });
});
