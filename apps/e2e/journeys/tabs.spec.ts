import type { Page } from "@playwright/test";
import {
  expectLoggedIn,
  expectLoggedOut,
  expectPath,
  fillLogin,
  fillProduct,
  loginPath,
  logOut,
  productForm,
} from "../support/steps.ts";
import { expect, test } from "../support/test.ts";

/** Removes the channel between tabs, so that only the check on focus remains. */
async function withoutBroadcastChannel(page: Page): Promise<void> {
  await page.context().addInitScript(() => Reflect.deleteProperty(globalThis, "BroadcastChannel"));
}

/** Simulates a tab that comes to the front, and waits until it has checked its session. */
async function comeBackTo(page: Page): Promise<void> {
  const looked = page.waitForResponse(/\/api\/auth\/session\?passive=1/);
  await page.evaluate(() => {
    document.dispatchEvent(new Event("visibilitychange"));
    window.dispatchEvent(new Event("focus"));
  });
  await looked;
}

test("a log-out in one tab takes the others home within a second, without a way back", async ({ person }) => {
  const { page, newTab } = person;
  const [protectedTab, publicTab] = [await newTab(), await newTab()];
  await protectedTab.goto("/dashboard/products");
  await expectLoggedIn(protectedTab, person);
  await publicTab.goto("/products?q=tides");
  await expectLoggedIn(publicTab, person);

  await logOut(page);
  await expectPath(protectedTab, "/", { timeout: 1000 });
  await expectLoggedOut(protectedTab);
  await expectLoggedOut(publicTab);
  await expectPath(publicTab, "/products?q=tides");
});

test("a log-in in one tab is one in the others, too", async ({ person }) => {
  const { page, newTab } = person;
  await logOut(page);
  const tab = await newTab();
  await tab.goto("/products/new");
  await expectPath(tab, loginPath("/products/new"));
  await page.goto("/login");
  await fillLogin(page, person);
  await expectPath(tab, "/products/new");
  await expectLoggedIn(tab, person);
});

test("an unsaved form in another tab is warned about, and can be kept by logging in", async ({ person }) => {
  const { page, newTab } = person;
  const tab = await newTab();
  await tab.goto("/products/new");
  await fillProduct(tab, { name: "Typed in the other tab", price: "4" });
  await logOut(page);

  const warning = tab.getByRole("dialog", { name: "You’re logged out" });
  await expect(warning).toBeVisible({ timeout: 1000 });
  await comeBackTo(tab);
  await expect(warning).toBeVisible();
  await expectPath(tab, "/products/new");
  await warning.getByRole("button", { name: "Log in and keep them" }).click();
  await fillLogin(tab, person);
  await expectPath(tab, "/products/new");
  await expect(productForm(tab).getByLabel("Name", { exact: true })).toHaveValue("Typed in the other tab");
});

test("R36: an unsaved form in another tab can be given up", async ({ person }) => {
  const { page, newTab } = person;
  const tab = await newTab();
  await tab.goto("/products/new");
  await fillProduct(tab, { name: "Not worth keeping", price: "4" });
  await logOut(page);
  await tab.getByRole("dialog", { name: "You’re logged out" }).getByRole("button", { name: "Leave" }).click();
  await expectPath(tab, "/");
  await expectLoggedOut(tab);
});

test("R36: an unsaved form in another tab is warned about though that tab meets the log-out before its news", async ({
  person,
}) => {
  const { page, newTab } = person;
  const tab = await newTab();
  const ended = Promise.withResolvers<void>();
  // The session ends between the request and the page's use of the answer.
  await tab.route("**/api/account", async (route) => {
    await ended.promise;
    await route.continue();
  });
  await page.route("**/api/auth/logout", async (route) => {
    const response = await route.fetch();
    const refused = tab.waitForResponse((answer) => answer.status() === 401);
    ended.resolve();
    await refused;
    await route.fulfill({ response });
  });
  await tab.goto("/products/new");
  await fillProduct(tab, { name: "Typed in the other tab", price: "4" });
  await logOut(page);
  await expect(tab.getByRole("dialog", { name: "You’re logged out" })).toBeVisible({ timeout: 1000 });
  await expect(productForm(tab).getByLabel("Name", { exact: true })).toHaveValue("Typed in the other tab");
  await expectPath(tab, "/products/new");
});

test("without BroadcastChannel the other tab follows when one comes back to it", async ({ person }) => {
  const { page, newTab } = person;
  await withoutBroadcastChannel(page);
  const tab = await newTab();
  await tab.goto("/dashboard/products");
  await expectLoggedIn(tab, person);
  await page.reload();
  await logOut(page);
  await comeBackTo(tab);
  await expectPath(tab, "/", { timeout: 1000 });
  await expectLoggedOut(tab);
});

test("another person's log-in in one tab is hers in all of them", async ({ newPerson }) => {
  const ada = await newPerson("Ada Lovelace");
  const eve = await newPerson("Eve Newcomer");
  const tab = await ada.newTab();
  await tab.goto("/dashboard/products");
  await expectLoggedIn(tab, ada);
  await logOut(ada.page);
  await ada.page.getByRole("banner").getByRole("link", { name: "Log in" }).click();
  await fillLogin(ada.page, eve);
  await expectLoggedIn(ada.page, eve);
  await expectLoggedIn(tab, eve);
});

test("a message that is none of ours does nothing", async ({ person }) => {
  const { page, newTab } = person;
  const tab = await newTab();
  await tab.goto("/products");
  for (const message of ["logged-out", { type: "logged-out", to: "//evil.example" }, null, { type: "x" }]) {
    await tab.evaluate((data) => new BroadcastChannel("yumroad").postMessage(data), message);
  }
  await page.goto("/products/new");
  await expectLoggedIn(page, person);
});
