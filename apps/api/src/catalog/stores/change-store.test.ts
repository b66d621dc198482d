import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { OwnStore, Problem, Store, StoreChange } from "@yumroad/contract";
import { race, statusesOf } from "@yumroad/testkit";
import { afterAll, beforeAll, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { createTestApp, describeOnEachStore, type Person, type TestApp, whoIs } from "../../../test/test-app.ts";

const price = { amount: 1900, currency: "EUR" };

describeOnEachStore("a seller's store", (sessions) => {
  const folder = temporaryFolder();
  let app: TestApp;
  beforeAll(async () => {
    writeFileSync(join(folder.path, "index.html"), "<!doctype html>");
    app = await createTestApp({ sessions, webAppFolder: folder.path });
  });
  afterAll(async () => {
    await app.close();
    folder.remove();
  });

  async function sellerNamed(name: string): Promise<Person> {
    const person = await app.signUp({ name });
    await person.client.post("/api/products", { json: { name: `Notes of ${name}`, price } });
    return person;
  }
  const change = ({ client }: Person, json: StoreChange) => client.patch<OwnStore & Problem>("/api/me/store", { json });
  const publicStore = (handle: string) => app.visitor().get<{ store: Store }>(`/api/stores/${handle}`);
  /** Without the test client, which only knows endpoints under /api. */
  const page = (path: string) => fetch(`${app.url}${path}`, { redirect: "manual" });

  it("shows what its seller says of it to everybody, and in all sessions at once", async () => {
    const person = await sellerNamed("Plum");
    const elsewhere = await app.logIn(person);
    const said = {
      name: "Plum & Paper",
      bio: "Jam.\n\nAnd **paper**.",
      legalName: "Plum Ltd",
      legalAddress: "1 Road\nTown",
      contactEmail: "plum@example.com",
    };
    const shown = { ...said, bioHtml: "<p>Jam.</p><p>And <strong>paper</strong>.</p>" };
    const own = await change(person, said);
    expect(own.json).toEqual({
      handle: "plum",
      ...shown,
      formerHandles: [],
      payInstructions: "",
      endsAccessOnDispute: false,
      takenDownReason: null,
    });
    expect((await person.client.get("/api/me/store")).json).toEqual(own.json);
    expect((await publicStore("plum")).json.store).toEqual({ handle: "plum", ...shown });
    expect((await whoIs(elsewhere.client))?.store).toEqual({ handle: "plum", name: "Plum & Paper" });
    expect((await change(person, { bio: "", contactEmail: "" })).json).toMatchObject({
      bio: "",
      legalName: "Plum Ltd",
    });
  });

  it("is not there before the first product", async () => {
    const person = await app.signUp();
    expect((await person.client.get("/api/me/store")).status).toBe(404);
    expect((await change(person, { name: "Nothing yet" })).status).toBe(404);
  });

  it("R87: a former handle leads to the store, by the API and by its page, and keeps the query", async () => {
    const person = await sellerNamed("Quince");
    expect((await change(person, { handle: "Quince-Jelly" })).json).toMatchObject({
      handle: "quince-jelly",
      formerHandles: ["quince"],
    });
    expect((await whoIs(person.client))?.store?.handle).toBe("quince-jelly");
    expect((await publicStore("quince")).json.store.handle).toBe("quince-jelly");
    const moved = await page("/@quince?from=%2F%2Fevil.example&x=1");
    expect([moved.status, moved.headers.get("location")]).toEqual([301, "/@quince-jelly?from=%2F%2Fevil.example&x=1"]);
    // A store may take a former handle back, so no browser may keep the redirect.
    expect(moved.headers.get("cache-control")).toBe("no-store");
    for (const path of ["/@quince-jelly", "/@nobody-has-this", "/@quince/more", "/@quince%2f", "/quince"]) {
      expect([path, (await page(path)).status]).toEqual([path, 200]);
    }
  });

  it("R87: a former handle is nobody else's: neither chosen nor given to a new store", async () => {
    const person = await sellerNamed("Medlar");
    await change(person, { handle: "medlar-cheese" });
    const other = await sellerNamed("Medlar");
    expect((await whoIs(other.client))?.store?.handle).toBe("medlar-2");
    const refused = [await change(other, { handle: "medlar" }), await change(other, { handle: "medlar-cheese" })];
    expect(refused.map(({ status, json }) => [status, json.code])).toEqual([
      [409, "handle_taken"],
      [409, "handle_taken"],
    ]);
    expect((await publicStore("medlar")).json.store.handle).toBe("medlar-cheese");
    const back = await change(person, { handle: "medlar" });
    expect(back.json).toMatchObject({ handle: "medlar", formerHandles: ["medlar-cheese"] });
    expect((await page("/@medlar")).status).toBe(200);
    expect((await page("/@medlar-cheese")).headers.get("location")).toBe("/@medlar");
  });

  it("R87: of two stores that take one handle at once, one gets it", async () => {
    const people = [await sellerNamed("Sloe"), await sellerNamed("Haw")] as const;
    const answers = await race(2, (index) => change(people[index === 0 ? 0 : 1], { handle: "hedgerow" }));
    expect(statusesOf(answers).toSorted()).toEqual([200, 409]);
  });

  it("R87: a handle changes three times in thirty days; what is refused does not count", async () => {
    const person = await sellerNamed("Rowan");
    const names: [string, number][] = [
      ["plum", 409],
      ["admin", 422],
      ["rowan-1", 200],
      ["rowan-1", 200],
      ["rowan-2", 200],
      ["rowan-1", 200],
      ["rowan-3", 429],
    ];
    for (const [handle, status] of names)
      expect([handle, (await change(person, { handle })).status]).toEqual([handle, status]);
    const refused = await change(person, { handle: "rowan-3" });
    expect(refused.json.detail).toBe("A handle can change 3 times in 30 days");
    expect(Number(refused.headers["retry-after"])).toBe(30 * 86_400);
    // Everything else still changes.
    expect((await change(person, { name: "Rowan tree", handle: "rowan-1" })).status).toBe(200);
    app.clock.advance("30d");
    expect((await change(await app.logIn(person), { handle: "rowan-3" })).status).toBe(200);
  });

  it.each([
    ["two letters", "ab", "The handle needs at least 3 characters"],
    ["41 letters", "a".repeat(41), "The handle has more than 40 characters"],
    ["a Cyrillic а", "pl\u0430m", "Use letters from a to z, digits, and single hyphens between them"],
    ["a Kelvin sign", "\u212aelvin", "Use letters from a to z, digits, and single hyphens between them"],
    ["a hyphen at the end", "plum-", "Use letters from a to z, digits, and single hyphens between them"],
    ["a slash", "plum/jam", "Use letters from a to z, digits, and single hyphens between them"],
    ["a reserved word", "Settings", "This handle is reserved. Choose another one"],
  ])("refuses %s as a handle, and says why", async (_, handle, message) => {
    const person = await sellerNamed("Damson");
    const { status, json } = await change(person, { handle });
    expect([status, json.issues]).toMatchObject([422, [{ path: ["handle"], message }]]);
  });

  it.each([{ bio: "x".repeat(1001) }, { legalAddress: "x".repeat(501) }, { contactEmail: "plum@" }, { name: "" }, {}])(
    "refuses %j, and changes nothing",
    async (json) => {
      const person = await sellerNamed("Bullace");
      const before = (await person.client.get("/api/me/store")).json;
      expect((await change(person, json)).status).toBe(422);
      expect((await person.client.get("/api/me/store")).json).toEqual(before);
    },
  );
});
