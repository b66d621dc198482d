import type { Page } from "@playwright/test";
import {
  accountButton,
  endSessionElsewhere,
  endSoon,
  expectLoggedIn,
  expectLoggedOut,
  expectPath,
  fillLogin,
  fillProduct,
  loginPath,
  logOut,
  productForm,
  publish,
} from "../support/steps.ts";
import { expect, type Person, test } from "../support/test.ts";

const SESSION_ENDED = "You’ve been logged out. Log in to continue.";

async function saveDraft(page: Page, name: string): Promise<void> {
  await page.goto("/products/new");
  await fillProduct(page, { name, price: "3" });
  await productForm(page).getByRole("button", { name: "Save draft" }).click();
}

async function logInFromHeader(page: Page, person: Person): Promise<void> {
  await page.getByRole("banner").getByRole("link", { name: "Log in" }).click();
  await fillLogin(page, person);
  await expectLoggedIn(page, person);
}

test("a form half filled when the session dies is there after the log-in, and makes one product", async ({
  person,
}) => {
  const { page, watch } = person;
  watch.allow(/401.*\/api\//);
  const name = "Tides, a pocket book";
  await page.goto("/products/new?from=mail#price");
  await fillProduct(page, { name, price: "7.25", description: "Two lines\nof it." });
  await endSessionElsewhere(page);

  await productForm(page).getByRole("button", { name: "Publish" }).click();
  await expect(page.getByText(SESSION_ENDED)).toBeVisible();
  await fillLogin(page, person);
  await expectPath(page, "/products/new?from=mail#price");
  const form = productForm(page);
  await expect(form.getByLabel("Name", { exact: true })).toHaveValue(name);
  await expect(form.getByLabel("Price")).toHaveValue("7.25");
  await expect(form.getByLabel("Description")).toHaveValue("Two lines\nof it.");

  await publish(page, name);
  await page.goto("/dashboard/products");
  await expect(page.getByRole("link", { name })).toHaveCount(1);
  await page.goto("/products/new");
  await expect(productForm(page).getByLabel("Name", { exact: true })).toHaveValue("");
});

test("after an expiry there is a way back, with a word that the session ended", async ({ person }) => {
  const { page } = person;
  await page.goto("/dashboard/products");
  await expect(page.getByRole("heading", { name: "Your products" })).toBeVisible();
  await endSessionElsewhere(page);
  await page.reload();
  await expectPath(page, loginPath("/dashboard/products"));
  await expect(page.getByText(SESSION_ENDED)).toBeVisible();
  await fillLogin(page, person);
  await expectPath(page, "/dashboard/products");
});

test("an expiry is noticed when one comes back to the page", async ({ person }) => {
  const { page } = person;
  await page.goto("/dashboard/products");
  await expect(page.getByRole("heading", { name: "Your products" })).toBeVisible();
  await endSessionElsewhere(page);
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await expectPath(page, loginPath("/dashboard/products"));
});

test("after a log-out there is no way back to the page left", async ({ person }) => {
  const { page } = person;
  await page.goto("/products/new");
  await expect(productForm(page)).toBeVisible();
  await logOut(page);
  await expect(page.getByText(SESSION_ENDED)).toHaveCount(0);
  await page.getByRole("banner").getByRole("link", { name: "Log in" }).click();
  await expectPath(page, "/login");
});

test("the page that was kept for one person is not opened for another, nor is what she typed", async ({
  newPerson,
}) => {
  const ada = await newPerson("Ada Lovelace");
  const eve = await newPerson("Eve Newcomer");
  const { page } = ada;
  await page.goto("/products/new");
  await fillProduct(page, { name: "Secret of Ada", price: "3" });
  await endSessionElsewhere(page);
  await page.reload();
  await expectPath(page, loginPath("/products/new"));
  // The draft's owner is remembered across a reload of the login page too.
  await page.reload();

  await fillLogin(page, eve);
  await expectPath(page, "/");
  await expectLoggedIn(page, eve);
  await page.goto("/products/new");
  await expect(productForm(page).getByLabel("Name", { exact: true })).toHaveValue("");
  await expect(page.getByText("Secret of Ada")).toHaveCount(0);
});

test("an unsaved form warns before a log-out throws it away", async ({ person }) => {
  const { page } = person;
  await page.goto("/products/new");
  await fillProduct(page, { name: "Half a thought", price: "3" });
  await accountButton(page).click();
  await page.getByRole("menuitem", { name: "Log out" }).click();
  const question = page.getByRole("dialog", { name: "Log out without saving?" });
  await question.getByRole("button", { name: "Stay here" }).click();
  await expect(productForm(page).getByLabel("Name", { exact: true })).toHaveValue("Half a thought");

  await accountButton(page).click();
  await page.getByRole("menuitem", { name: "Log out" }).click();
  await question.getByRole("button", { name: "Log out" }).click();
  await expectLoggedOut(page);
  await expectPath(page, "/");
});

test("what one person had on the screen is gone for the next one, before the server has answered", async ({
  newPerson,
}) => {
  const ada = await newPerson("Ada Lovelace");
  const eve = await newPerson("Eve Newcomer");
  const { page } = ada;
  await saveDraft(page, "Only Ada's draft");
  await expect(page.getByRole("link", { name: "Only Ada's draft" })).toBeVisible();
  await logOut(page);

  const latch = Promise.withResolvers<void>();
  await page.route("**/api/me/products*", async (route) => {
    await latch.promise;
    await route.continue();
  });
  await logInFromHeader(page, eve);
  await accountButton(page).click();
  await page.getByRole("menuitem", { name: "Your products" }).click();
  await expect(page.getByRole("heading", { name: "Your products" })).toBeVisible();
  await expect(page.getByText("Only Ada's draft")).toHaveCount(0);
  latch.resolve();
  await expect(page.getByText("You haven’t added a product yet")).toBeVisible();
});

test("an answer that comes late is not shown to the next person", async ({ newPerson }) => {
  const ada = await newPerson("Ada Lovelace");
  const eve = await newPerson("Eve Newcomer");
  const { page } = ada;
  await saveDraft(page, "Only Ada's draft");
  await expectPath(page, "/dashboard/products");

  let answerLate = () => {};
  const isLate = new Promise<void>((resolve) => {
    answerLate = resolve;
  });
  await page.route("**/api/me/products*", async (route) => {
    const answer = await route.fetch();
    await isLate;
    await route.fulfill({ response: answer }).catch(() => {});
  });
  await page.reload();
  await expect(accountButton(page)).toBeVisible();
  await logOut(page);
  await page.unroute("**/api/me/products*");
  await logInFromHeader(page, eve);
  answerLate();
  await accountButton(page).click();
  await page.getByRole("menuitem", { name: "Your products" }).click();
  await expect(page.getByText("You haven’t added a product yet")).toBeVisible();
  await expect(page.getByText("Only Ada's draft")).toHaveCount(0);
});

test("what one person has asked for says nothing to the next one", async ({ newPerson }) => {
  const ada = await newPerson("Ada Lovelace");
  const eve = await newPerson("Eve Newcomer");
  const { page } = ada;
  const latch = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  await page.route("**/api/products", async (route) => {
    const answer = await route.fetch();
    await latch.promise;
    await route.fulfill({ response: answer }).catch(() => {});
    answered.resolve();
  });
  await saveDraft(page, "Only Ada's draft");
  await accountButton(page).click();
  await page.getByRole("menuitem", { name: "Log out" }).click();
  const question = page.getByRole("dialog", { name: "Log out without saving?" });
  await question.getByRole("button", { name: "Log out" }).click();
  await expectLoggedOut(page);
  await logInFromHeader(page, eve);
  await expectPath(page, "/");

  latch.resolve();
  await answered.promise;
  await accountButton(page).click();
  await expect(page.getByRole("menuitem", { name: "Your products" })).toBeVisible();
  await expect(page.getByText("Only Ada's draft")).toHaveCount(0);
  await expectPath(page, "/");
});

test("near its end the session is extended by one action, and the form is as it was", async ({ person }) => {
  const { page } = person;
  await page.goto("/products/new");
  await fillProduct(page, { name: "Written slowly", price: "3" });
  // The session really ends in a day. An answer with an earlier end brings the warning.
  await endSoon(page);
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  const warning = page.getByRole("dialog", { name: "You’ll be logged out soon" });
  await expect(warning.getByText("What you typed here is kept either way.")).toBeVisible();
  await page.unroute("**/api/auth/session*");
  await warning.getByRole("button", { name: "Stay logged in" }).click();
  await expect(warning).toHaveCount(0);
  await expect(page.getByText("You stay logged in")).toBeVisible();
  await expect(productForm(page).getByLabel("Name", { exact: true })).toHaveValue("Written slowly");
});
