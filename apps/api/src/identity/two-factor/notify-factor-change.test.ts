import type { Factors, Passkey } from "@yumroad/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logInWithPasswordOnly, setUpTotp } from "../../../test/authenticator-app.ts";
import { signUpProven } from "../../../test/mailed-links.ts";
import { addPasskey } from "../../../test/passkey-device.ts";
import { createTestApp, type Person, type TestApp } from "../../../test/test-app.ts";

const TOTP = "/api/account/totp";
const RENEW = "/api/account/recovery-codes";
const PASSKEYS = "/api/account/passkeys";

describe("a change of the ways into an account", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ mail: true });
  });
  afterAll(() => app.close());

  const subjectsTo = async ({ email }: Pick<Person, "email">) =>
    (await app.mailbox.to(email))
      .map(({ subject }) => subject)
      .filter((subject) => !/^Confirm|^New log-in/.test(subject));
  const spend = async (person: Person, code: string | undefined) => {
    const pending = await logInWithPasswordOnly(app, person);
    return pending.post("/api/auth/second-factor", { json: { code } });
  };

  it("R70: an authenticator app that is set up or removed, and recovery codes that are renewed, are told by mail", async () => {
    const person = await signUpProven(app);
    await person.client.post(TOTP);
    expect(await subjectsTo(person)).toEqual([]);
    await setUpTotp(app, person);
    const told = ["An authenticator app was added"];
    expect(await subjectsTo(person)).toEqual(told);
    await person.client.post(RENEW);
    expect(await subjectsTo(person)).toEqual([...told, "You have new recovery codes"]);
    await person.client.delete(TOTP);
    const mail = await app.mailbox.last(person.email);
    expect(mail.subject).toBe("Your authenticator app was removed");
    expect(mail.text).toContain("choose a new password right away");
    expect(mail.html).toContain("choose a new password right away");
    expect(mail.link()).toBe("https://shop.example/settings/security");
  });

  it("R70: one that was begun and given up is not told of, nor is that none was there", async () => {
    const person = await signUpProven(app);
    await person.client.delete(TOTP);
    await person.client.post(TOTP);
    expect((await person.client.delete(TOTP)).status).toBe(204);
    expect(await subjectsTo(person)).toEqual([]);
  });

  it("R71: a recovery code that was used is told by mail, one that was refused is not", async () => {
    const person = await signUpProven(app);
    const { recoveryCodes } = await setUpTotp(app, person);
    for (const status of [200, 422]) expect((await spend(person, recoveryCodes[0])).status).toBe(status);
    expect(await subjectsTo(person)).toEqual(["An authenticator app was added", "A recovery code was used"]);
  });

  it("R72: a passkey that is added or removed is told by mail, and not what it is called", async () => {
    const person = await signUpProven(app);
    const { passkey } = await addPasskey(person, { name: "Call 555 0100 now" });
    expect(`${(await app.mailbox.last(person.email)).source}`).not.toContain("555");
    await person.client.delete(`${PASSKEYS}/${passkey.handle}`);
    expect((await person.client.delete(`${PASSKEYS}/${passkey.handle}`)).status).toBe(404);
    expect(await subjectsTo(person)).toEqual(["A passkey was added", "A passkey was removed"]);
  });

  it("R70, R72: what can't be told is not done", async () => {
    const [person, guarded] = [await signUpProven(app), await signUpProven(app)];
    const { recoveryCodes } = await setUpTotp(app, guarded);
    const { passkey } = await addPasskey(guarded);
    const begun = await person.client.post<{ secret: string }>(TOTP);
    const { box } = app.dependencies.mailer;
    const { seal } = box;
    box.seal = () => {
      throw new Error("The outbox is out of order");
    };
    await expect(setUpTotp(app, person)).rejects.toThrow("500");
    await expect(addPasskey(person)).rejects.toThrow("500");
    const answers = [
      await guarded.client.post(RENEW),
      await guarded.client.delete(`${PASSKEYS}/${passkey.handle}`),
      await spend(guarded, recoveryCodes[0]),
      await guarded.client.delete(TOTP),
    ];
    box.seal = seal;
    expect([begun.status, ...answers.map(({ status }) => status)]).toEqual([201, 500, 500, 500, 500]);
    const factorsOf = async ({ client }: Person) => (await client.get<Factors>("/api/account/factors")).json;
    const passkeysOf = async ({ client }: Person) => (await client.get<{ items: Passkey[] }>(PASSKEYS)).json.items;
    expect([await factorsOf(person), await passkeysOf(person)]).toEqual([
      { totpSince: null, recoveryCodesLeft: 0 },
      [],
    ]);
    expect([(await factorsOf(guarded)).recoveryCodesLeft, await passkeysOf(guarded)]).toEqual([10, [passkey]]);
    expect((await spend(guarded, recoveryCodes[0])).status).toBe(200);
  });
});
