import { allEndpoints, type EndpointName, type Passkey, type Product } from "@yumroad/contract";
import { recordings } from "@yumroad/contract/recordings";
import { race, tally } from "@yumroad/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import { setUpTotp } from "../test/authenticator-app.ts";
import { forgetPassword, signUpProven } from "../test/mailed-links.ts";
import { addPasskey } from "../test/passkey-device.ts";
import { createTestApp, type Person } from "../test/test-app.ts";

// Everything that anybody can create repeatedly is bounded: by a limit that the contract names and the recordings show,
// or for a stated reason why nothing piles up. A session's writes per minute bound no pile: that window opens again.

const NOTHING_PILES_UP: Partial<Record<EndpointName, string>> = {
  "auth.logout": "ends what there is",
  "email.resendVerification": "one mail in five minutes (askedMails), and always the same answer (R59)",
  "email.cancelChange": "takes back what emailChanges counts",
  "sessions.end": "ends what there is; of its events as many are kept as activityOfKind says",
  "sessions.endOthers": "ends what there is; of its events as many are kept as activityOfKind says",
  "twoFactor.beginTotp": "writes over the one that was begun before",
  "passkeys.creationOptions": "its challenge is signed and stored nowhere",
  "twoFactor.removeTotp": "takes away what factorChanges counts, and has to work for whoever has got the account back",
  "passkeys.remove": "takes away what factorChanges counts, and has to work for whoever has got the account back",
  "privacy.undoDeletion": "undoes what deletionsAsked counts",
  "operator.disablePerson": "changes one state; of its events as many are kept as activityOfKind says",
  "operator.enablePerson": "changes one state; of its events as many are kept as activityOfKind says",
  "operator.endSessions": "ends what there is; of its events as many are kept as activityOfKind says",
  "operator.changeShop": "writes over the one row that there is",
  "operator.changeShopKind": "writes over the one row that there is",
  "operator.putBackStore": "undoes what takeDowns counts",
  "operator.putBackProduct": "undoes what takeDowns counts",
  "payments.actOnDemo": "decides what checkoutsOfAddress counts, in the local demo alone",
  "uploads.finish": "finishes what uploadsBegun counts",
  "products.delete": "deletes what productsOfAccount counts",
};

const unsafe = allEndpoints.filter(([, { method }]) => method !== "GET");

describe("what can be written without end", () => {
  it.each(unsafe)("%s has a bound, or a reason to need none", (name, endpoint) => {
    const isBound = endpoint.problems.includes("rate_limited");
    expect([isBound, name in NOTHING_PILES_UP], `${name} needs a limit`).toEqual([isBound, !isBound]);
    if (isBound) expect(recordings[name]?.rate_limited?.status).toBe(429);
  });

  it("one session writes 300 times in a minute, under each of its ids, and takes nothing from any other", async () => {
    const app = await createTestApp();
    onTestFinished(app.close);
    const owner = await app.signUp();
    app.clock.advance("1s");
    const thief = await app.logIn(owner);
    const takeBack = ({ client }: Person) => client.delete("/api/account/email");
    const proveAgain = ({ client, password }: Person) =>
      client.post("/api/account/reauthenticate", { json: { password } });
    expect((await proveAgain(thief)).status).toBe(200);
    expect(tally(await race(300, () => takeBack(thief)))).toEqual({ 204: 299, 429: 1 });
    const refused = await proveAgain(thief);
    expect([refused.status, refused.headers["retry-after"]]).toEqual([429, "60"]);
    expect((await thief.client.get("/api/account/sessions")).status).toBe(200);
    expect((await takeBack(owner)).status).toBe(204);
    expect((await takeBack(await app.signUp())).status).toBe(204);
    app.clock.advance("1m");
    expect((await takeBack(thief)).status).toBe(204);
  });

  it("what is over the session's budget takes nothing of the account's, nor the other way round", async () => {
    const once = { max: 1, windowMs: 60_000 };
    const app = await createTestApp({
      limits: { writesOfSession: { max: 2, windowMs: 60_000 }, profileChanges: once },
    });
    onTestFinished(app.close);
    const person = await app.signUp();
    const rename = async (name: string) => (await person.client.patch("/api/account", { json: { name } })).status;
    const undo = async () => (await person.client.delete("/api/account/email")).status;
    expect([await rename("Ada"), await rename("Ada King"), await undo(), await undo()]).toEqual([200, 429, 204, 429]);
    app.clock.advance("1m");
    expect([await undo(), await undo(), await rename("Ada")]).toEqual([204, 204, 429]);
    app.clock.advance("59s");
    const again = await app.logIn(person);
    expect((await again.client.patch("/api/account", { json: { name: "Ada" } })).status).toBe(200);
  });

  it("a budget of accounts is one that the contract tells of", () => {
    const counted = unsafe.filter(([, { limits }]) => limits !== undefined);
    expect(counted.length).toBeGreaterThan(5);
    const silent = counted.filter(([, { problems }]) => !problems.includes("rate_limited"));
    expect(silent.map(([, { method, path }]) => `${method} ${path}`)).toEqual([]);
  });

  it("R63, R99: neither other changes of a store nor a thief keeps its owner from saying how buyers pay", async () => {
    const once = { max: 1, windowMs: 86_400_000 };
    const app = await createTestApp({ mail: true, limits: { storeChanges: once, payInstructionsChanges: once } });
    onTestFinished(app.close);
    const person = await signUpProven(app);
    await person.client.post("/api/products", { json: { name: "Moon", price: { amount: 100, currency: "EUR" } } });
    const rename = async () => (await person.client.patch("/api/me/store", { json: { name: "Plum" } })).status;
    const say = async (client: Person["client"], payInstructions: string) =>
      (await client.patch("/api/me/store/payments", { json: { payInstructions } })).status;
    expect([await rename(), await rename()]).toEqual([200, 429]);
    const thief = person.client.twin();
    expect([await say(thief, "Pay me"), await say(thief, "Pay me more")]).toEqual([200, 429]);

    const reset = { token: await forgetPassword(app, person), password: "pear butter in the cellar" };
    await app.visitor().post("/api/auth/reset-password", { json: reset });
    const { client } = await app.logIn({ ...person, password: reset.password });
    expect(await say(client, "Pay the owner")).toBe(200);
  });

  it("a budget is an account's own, and opens again after a day", async () => {
    const app = await createTestApp({ limits: { productsOfAccount: { max: 2, windowMs: 86_400_000 } } });
    onTestFinished(app.close);
    const list = async ({ client }: Person, amount = 100) =>
      (await client.post<Product>("/api/products", { json: { name: "Moon", price: { amount, currency: "EUR" } } }))
        .status;
    const [seller, other] = [await app.signUp({ remember: true }), await app.signUp()];
    // Invalid input does not count.
    expect(await list(seller, -1)).toBe(422);
    expect([await list(seller), await list(seller), await list(seller), await list(other)]).toEqual([
      201, 201, 429, 201,
    ]);
    app.clock.advance("1d");
    expect(await list(seller)).toBe(201);
  });

  it("right passwords and codes are counted as well: each change of them is a mail", async () => {
    const once = { max: 1, windowMs: 86_400_000 };
    const app = await createTestApp({ limits: { passwordChanges: once, factorChanges: once } });
    onTestFinished(app.close);
    const { client, password } = await app.signUp();
    const [second, third] = ["quince jelly under the stairs", "pear butter in the cellar"];
    const change = async (from: string, to: string) =>
      (await client.post("/api/account/password", { json: { currentPassword: from, password: to } })).status;
    expect([await change(password, second), await change(second, third)]).toEqual([200, 429]);

    const careful = await app.signUp();
    await setUpTotp(app, careful);
    expect((await careful.client.post("/api/account/recovery-codes")).status).toBe(429);
    expect((await careful.client.delete("/api/account/totp")).status).toBe(204);
  });

  it("R63: what a thief has used up of them does not keep the owner from changing anything after a reset", async () => {
    const once = { max: 1, windowMs: 86_400_000 };
    const app = await createTestApp({ mail: true, limits: { factorChanges: once, passwordChanges: once } });
    onTestFinished(app.close);
    const person = await signUpProven(app);
    const thief = person.client.twin();
    const json = { currentPassword: "not the password", password: "quince jelly under the stairs" };
    await thief.post("/api/account/password", { json });
    await addPasskey({ client: thief });
    expect((await thief.post("/api/account/totp/confirm", { json: { code: "123456" } })).status).toBe(429);

    const reset = { token: await forgetPassword(app, person), password: "pear butter in the cellar" };
    expect((await app.visitor().post("/api/auth/reset-password", { json: reset })).status).toBe(200);
    const { client } = await app.logIn({ ...person, password: reset.password });
    const { items } = (await client.get<{ items: Passkey[] }>("/api/account/passkeys")).json;
    for (const { handle } of items) expect((await client.delete(`/api/account/passkeys/${handle}`)).status).toBe(204);
    expect((await client.post("/api/account/totp/confirm", { json: { code: "123456" } })).status).toBe(422);
    const change = { currentPassword: reset.password, password: "quince jelly under the stairs" };
    expect((await client.post("/api/account/password", { json: change })).status).toBe(200);
  });
});
