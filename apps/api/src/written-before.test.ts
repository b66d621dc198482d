import { afterEach, describe, expect, it } from "vitest";
import { createAuthenticatorApp } from "../test/authenticator-app.ts";
import { allStoreKinds, canRunOn, named, type StoreKind } from "../test/store-kinds.ts";
import { type OpenedShop, openWrittenShop, whoIs } from "../test/written-before/open-shop.ts";

// The server opens what an earlier version has written: nobody has to log in again for an update.

let shop: OpenedShop;
afterEach(() => shop.app.close());

for (const sessions of allStoreKinds) {
  describe.skipIf(!canRunOn(sessions))(named("a shop that was written before", sessions), () => tests(sessions));
}

function tests(sessions: StoreKind): void {
  it("opens with everybody still logged in, and every product there", async () => {
    shop = await openWrittenShop(sessions);
    const stores = [];
    for (const person of ["ada", "bob", "eve"] as const)
      stores.push((await whoIs(shop.browserOf(person)))?.store?.handle);
    expect(stores).toEqual(["ada-lovelace", "bob", "eve"]);
    const { json } = await shop.browserOf("bob").get<{ items: { name: string }[] }>("/api/me/products");
    expect(json.items.map(({ name }) => name)).toEqual(["Ice tray fonts"]);
  });

  it("lets a login go on whose second factor was pending", async () => {
    shop = await openWrittenShop(sessions);
    const { app, totpSecret, browserOf } = shop;
    const browser = browserOf("pending");
    expect(await whoIs(browser)).toBeNull();
    const code = createAuthenticatorApp(app, totpSecret).code();
    expect((await browser.post("/api/auth/second-factor", { json: { code } })).status).toBe(200);
    expect((await whoIs(browser))?.email).toBe("eve@example.com");
  });

  it("knows the browsers that it knew", async () => {
    shop = await openWrittenShop(sessions);
    const { app, browserOf } = shop;
    const numbers = () =>
      app.dependencies.database
        .fork()
        .execute("select known_browsers as number from users where email = 'bob@example.com'");
    const before = await numbers();
    await app.logIn({ email: "bob@example.com", password: "plum jam on the windowsill" }, { client: browserOf("bob") });
    expect(await numbers()).toEqual(before);
  });
}
