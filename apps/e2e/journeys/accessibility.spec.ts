import type { Page } from "@playwright/test";
import { type Endpoint, endpoints, type ProblemCode } from "@yumroad/contract";
import { expectAccessible } from "../support/accessible.ts";
import { recordedRefusal } from "../support/recorded.ts";
import { endSoon, fillProduct, productForm, publish } from "../support/steps.ts";
import { expect, test } from "../support/test.ts";

/** The heading of each page, to wait for before the check. */
const FOR_ALL = {
  "/": /Sell your work/,
  "/products": "Browse",
  "/products?q=no+such+thing": "Browse",
  "/login": "Log in",
  "/login?next=%2Fproducts%2Fnew": "Log in",
  "/signup": "Create your account",
  "/forgot-password": "Forgot your password?",
  "/withdraw": "Withdraw from contract",
  "/verify-email": "This link no longer works",
  "/reset-password#token=abc": "Choose a new password",
  "/verify-email#token=abc": "Confirm your email",
  "/undo-email-change#token=abc": "Undo email change",
  "/not-me#token=abc": "That wasn’t you?",
  "/unlock#token=abc": "Log in on this device",
  "/test-email#token=abc": "Confirm that email works",
  "/setup": "Set up your shop",
  "/setup#key=abc": "Set up your shop",
  "/no/such/page": "Page not found",
};
const FOR_USERS = {
  "/products/new": "Add a product",
  "/dashboard": "Ada Lovelace",
  "/dashboard/products": "Your products",
};

/** Makes the server's answers at these addresses fail from now on. */
async function fail(page: Page, addresses: string, endpoint: Endpoint, code: ProblemCode): Promise<void> {
  await page.route(addresses, (route) => route.fulfill(recordedRefusal(endpoint, code)));
}

test("pages for all are accessible", async ({ newVisitor }) => {
  test.setTimeout(300_000);
  const { page, watch } = await newVisitor({ reducedMotion: "reduce" });
  await page.route("**/api/auth/reset-password/link", (route) => route.fulfill({ json: { email: "ada@example.com" } }));
  for (const [path, heading] of Object.entries(FOR_ALL)) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await page.waitForLoadState("networkidle");
    await expectAccessible(page, path);
  }
  await page.goto("/products");
  await page
    .getByRole("main")
    .getByRole("article")
    .or(page.getByRole("main").getByRole("listitem"))
    .first()
    .getByRole("link")
    .first()
    .click();
  await expect(page).toHaveURL(/\/p\//);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessible(page, "a product");
  const product = page.url();
  await page.getByRole("article").getByText(/^by /).getByRole("link").click();
  await expect(page.getByRole("main").getByText(/^\d+ products?$/)).toBeVisible();
  await expectAccessible(page, "a store");
  await page.goto("/signup");
  await page.getByRole("form", { name: "Sign up" }).getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByRole("form", { name: "Sign up" }).getByRole("alert")).toBeVisible();
  await expectAccessible(page, "sign-up with faults in it");

  watch.allow(/503/);
  await fail(page, "**/api/products**", endpoints.products.list, "database_unavailable");
  for (const path of ["/products", product]) {
    await page.goto(path);
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
    await expectAccessible(page, `an error at ${path}`);
  }
});

test("M22: pages for users are accessible", async ({ newPerson }) => {
  test.setTimeout(300_000);
  const { page, newTab, watch } = await newPerson("Ada Lovelace", { reducedMotion: "reduce" });
  for (const [path, heading] of Object.entries(FOR_USERS)) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await page.waitForLoadState("networkidle");
    await expectAccessible(page, path);
  }
  await page.getByRole("banner").getByRole("button", { name: "Account menu" }).click();
  await expect(page.getByRole("menuitem", { name: "Log out" })).toBeVisible();
  await expectAccessible(page, "the account menu");
  await page.goto("/products/new");
  await productForm(page).getByRole("button", { name: "Publish" }).click();
  await expect(productForm(page).getByRole("alert")).toBeVisible();
  await expectAccessible(page, "a new product with faults in it");

  await fillProduct(page, { name: "Maps of somewhere", price: "5", description: "# Twelve\n\n- of them" });
  await page.getByRole("banner").getByRole("link", { name: "Yumroad" }).click();
  await expect(page.getByRole("dialog", { name: "Leave without saving?" })).toBeVisible();
  await expectAccessible(page, "the question before a form is left");
  await page.getByRole("button", { name: "Stay here" }).click();
  await publish(page, "Maps of somewhere");
  await expectAccessible(page, "a product that was just published");

  const path = `/dashboard/products/${new URL(page.url()).pathname.slice("/p/".length)}`;
  await page.goto(path);
  const other = await newTab();
  await other.goto(path);
  for (const [tab, price] of [
    [other, "6"],
    [page, "7"],
  ] as const) {
    await tab.getByLabel("Price").fill(price);
    await tab.getByRole("button", { name: "Save", exact: true }).click();
    if (tab === other) await expect(tab.getByText(/is saved/)).toBeVisible();
  }
  watch.allow(/412/, /503/);
  await expect(page.getByRole("region", { name: "Someone else edited this product" })).toBeVisible();
  await expectAccessible(page, "two who edit the same");
  await page.getByRole("radio", { name: "Their version" }).check();
  await page.getByRole("button", { name: "Use theirs" }).click();
  await page.getByRole("button", { name: "Delete product…" }).click();
  await expect(page.getByRole("dialog", { name: /^Delete/ })).toBeVisible();
  await expectAccessible(page, "the question before a product is deleted");

  await endSoon(page);
  await page.goto("/dashboard");
  await expect(page.getByRole("dialog", { name: "You’ll be logged out soon" })).toBeVisible();
  await expectAccessible(page, "the warning that the session ends, on a dashboard with a product");
  await page.unroute("**/api/auth/session*");
  for (const [at, addresses, endpoint, code] of [
    [path, "**/api/me/products/*", endpoints.products.getOwn, "database_unavailable"],
    ["/dashboard", "**/api/auth/session*", endpoints.sessions.current, "session_store_unavailable"],
  ] as const) {
    await fail(page, addresses, endpoint, code);
    await page.goto(at);
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
    await expectAccessible(page, `an error at ${at}`);
  }
});

test("the keyboard alone is enough to log in", async ({ person, newVisitor }) => {
  const { page } = await newVisitor();
  await page.goto("/login");
  await page.getByLabel("Email").focus();
  await page.keyboard.type(person.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(person.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("banner").getByRole("button", { name: "Account menu" })).toBeVisible();
});
