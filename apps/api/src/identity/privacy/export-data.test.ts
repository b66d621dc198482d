import { setTimeout as sleep } from "node:timers/promises";
import type { Problem } from "@yumroad/contract";
import { createLatch, type Latch } from "@yumroad/testkit";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { setUpTotp } from "../../../test/authenticator-app.ts";
import { eventsOf, proveAddress } from "../../../test/mailed-links.ts";
import { createTestApp, GOOD_PASSWORD, type Person, type TestApp } from "../../../test/test-app.ts";
import { uploadFile } from "../../../test/uploading.ts";

const price = { amount: 1200, currency: "EUR" };

/** The files of a ZIP, parsed by another program than the one that wrote them. */
function filesOf(bytes: Uint8Array): Record<string, unknown> {
  const files = Object.entries(unzipSync(bytes)).map(([name, content]) => [
    name,
    Buffer.from(content).toString("utf8"),
  ]);
  return Object.fromEntries(files.map(([name, text]) => [name, JSON.parse(String(text))]));
}

describe("the export of one's own data", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ mail: true, limits: { productsOfAccount: { max: 300, windowMs: 86_400_000 } } });
  });
  afterAll(() => app.close());

  const take = ({ client }: Person) => client.post<Problem>("/api/account/export");

  it("R65: is a ZIP of JSON with everything of mine, under a name of its own, and nobody keeps a copy", async () => {
    const person = await app.signUp({ name: "Žofie Nováková" });
    const named = { pricing: "pay_what_you_want", suggestedAmount: 5000 };
    await person.client.post("/api/products", { json: { name: "Plum jam", description: "Zwölf Rezepte", price } });
    await person.client.post("/api/products", { json: { name: "A draft", price, status: "draft", ...named } });
    const note = { kind: "note", title: "Thank you", body: "Fold it **once**." };
    const link = { kind: "link", title: "Video", body: "https://example.com/video" };
    for (const json of [note, link]) await person.client.post("/api/products/plum-jam/contents", { json });
    await person.client.post("/api/products/a-draft/contents", { json: link });
    const picture = { slug: "plum-jam", name: "plum.png", bytes: Buffer.from("a plum"), isPicture: true };
    await uploadFile(person.client, picture);
    const discount = { code: "PLUM", off: { kind: "percent", percent: 10 } };
    await person.client.post("/api/discounts", { json: discount });
    const elsewhere = await app.logIn(person);
    await proveAddress(app, person);
    await setUpTotp(app, elsewhere);
    const answer = await take(elsewhere);
    expect([answer.status, answer.headers["content-type"]]).toEqual([200, "application/zip"]);
    const day = new Date(app.clock.now()).toISOString().slice(0, 10);
    const name = `yumroad-zofie-novakova-${day}.zip`;
    expect(answer.headers["content-disposition"]).toBe(`attachment; filename="${name}"`);
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(filesOf(answer.bytes)).toMatchObject({
      "account.json": { id: person.user.id, email: person.email, name: "Žofie Nováková", deletionAt: null },
      "store.json": { handle: "zofie-novakova", name: "Žofie Nováková" },
      "products.json": [
        { name: "A draft", status: "draft", ...named },
        { name: "Plum jam", description: "Zwölf Rezepte", price, status: "published" },
      ],
      "price-changes.json": [
        { product: "a-draft", price, at: expect.any(String) },
        { product: "plum-jam", price, at: expect.any(String) },
      ],
      "contents.json": [
        { product: "a-draft", ...link },
        { product: "plum-jam", ...note },
        { product: "plum-jam", ...link },
      ],
      "pictures.json": [{ product: "plum-jam", name: "plum.png", alt: null }],
      "discounts.json": [{ ...discount, uses: 0, endedAt: null }],
      "sessions.json": [{ device: "Unknown device", address: expect.any(String) }],
      "factors.json": { totpSince: expect.any(String), recoveryCodesLeft: 10 },
      "passkeys.json": [],
      "activity.json": expect.arrayContaining([expect.objectContaining({ kind: "user_created" })]),
      "mails.json": expect.arrayContaining([
        expect.objectContaining({ to: person.email, subject: "New log-in from Unknown device" }),
      ]),
    });
  });

  it("R65: has nothing of anybody else's, and nothing that opens anything", async () => {
    const other = await app.signUp({ name: "Somebody Else" });
    await other.client.post("/api/products", { json: { name: "Not for you", price } });
    const person = await app.signUp();
    const answer = await take(person);
    const text = JSON.stringify(filesOf(answer.bytes));
    const id = decodeURIComponent(person.client.cookies.get("__Host-yumroad")?.value ?? "")
      .slice(2)
      .split(".")[0];
    const [row] = await app.dependencies.database
      .fork()
      .execute<{ password_hash: string }[]>("select password_hash from users where id = ?", [person.user.id]);
    expect(text).toContain(person.email);
    for (const secret of ["Somebody Else", "Not for you", other.email, GOOD_PASSWORD, String(id), row?.password_hash]) {
      expect(text).not.toContain(secret);
    }
  });

  it("R65: reads a large store in pages", async () => {
    const person = await app.signUp();
    for (let number = 0; number < 205; number += 1) {
      await person.client.post("/api/products", { json: { name: `Number ${number}`, price } });
    }
    const files = filesOf((await take(person)).bytes) as { "products.json": { name: string }[] };
    expect(files["products.json"].map(({ name }) => name)).toEqual(
      Array.from({ length: 205 }, (_, place) => `Number ${204 - place}`),
    );
  });

  it("R65: goes on for whoever is logged in, under each id, and not after a log-out; the event is noted at once", async () => {
    const person = await app.signUp();
    await person.client.post("/api/products", { json: { name: "Plum jam", price } });
    const { database } = app.dependencies;
    const read = database.read.bind(database);
    const hold = (): Latch => {
      const latch = createLatch();
      database.read = async (...given) => {
        await latch.wait();
        return read(...given);
      };
      return latch;
    };
    onTestFinished(() => {
      database.read = read;
    });

    const first = hold();
    const whole = take(person);
    await expect.poll(() => eventsOf(app, person)).toContain("data_exported");
    await person.client.post("/api/account/reauthenticate", { json: { password: person.password } });
    await sleep(1500);
    first.open();
    expect(filesOf((await whole).bytes)).toMatchObject({ "products.json": [{ name: "Plum jam" }] });

    const second = hold();
    const cut = expect(take(person)).rejects.toThrow(/aborted|hang up|reset/i);
    await expect
      .poll(async () => (await eventsOf(app, person)).filter((kind) => kind === "data_exported").length)
      .toBe(2);
    await person.client.post("/api/auth/logout");
    await cut;
    second.open();
  });

  it("R69: asks for a fresh proof after ten minutes", async () => {
    const person = await app.signUp();
    app.clock.advance("11m");
    const answer = await take(person);
    expect([answer.status, answer.json.code]).toEqual([403, "reauth_required"]);
    await person.client.post("/api/account/reauthenticate", { json: { password: person.password } });
    expect((await take(person)).status).toBe(200);
  });

  it("is made five times in an hour", async () => {
    const person = await app.signUp();
    for (let times = 0; times < 5; times += 1) expect((await take(person)).status).toBe(200);
    const answer = await take(person);
    expect([answer.status, answer.json.code]).toEqual([429, "rate_limited"]);
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
  });

  it("of an account that is gone is nobody's", async () => {
    const person = await app.signUp();
    await app.dependencies.database.fork().execute("delete from users where id = ?", [person.user.id]);
    expect((await take(person)).status).toBe(401);
  });

  it("that fails half-way is cut off, so that half is not taken for all", async () => {
    const person = await app.signUp();
    const { database } = app.dependencies;
    const read = database.read;
    database.read = () => Promise.reject(new Error("The database has gone"));
    await expect(take(person)).rejects.toThrow(/aborted|hang up|reset/i);
    database.read = read;
    expect(app.logs.text).toContain("request failed");
    expect((await take(person)).status).toBe(200);
  });
});
