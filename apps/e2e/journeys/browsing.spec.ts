import { expectPath } from "../support/steps.ts";
import { expect, test } from "../support/test.ts";

test("a search keeps the focus while somebody types, pause after pause", async ({ visitor: { page } }) => {
  await page.goto("/products");
  const search = page.getByRole("main").getByRole("searchbox");
  await search.focus();
  await page.keyboard.type("w");
  await expectPath(page, "/products?q=w");
  await page.keyboard.type("ater");
  await expectPath(page, "/products?q=water");
  await expect(search).toBeFocused();
  await expect(search).toHaveValue("water");
});

test("the keyboard reaches more of a list, which is there again after a reload and after Back", async ({
  visitor: { page },
}) => {
  await page.goto("/products");
  const cards = page.getByRole("main").getByRole("heading", { level: 2 });
  await expect(page.getByText("Showing 24 products")).toBeVisible();
  await page.getByRole("button", { name: "Show more" }).focus();
  await page.keyboard.press("Enter");
  await expect(cards.nth(24).getByRole("link")).toBeFocused();
  await expectPath(page, "/products?pages=2");
  await page.reload();
  await expect(cards.nth(24)).toBeVisible();
  await cards.nth(24).getByRole("link").click();
  await expect(page).toHaveURL(/\/p\//);
  await page.goBack();
  await expect(cards.nth(24)).toBeInViewport();
});

test("a product leads to its store, which has all that is public of it", async ({ visitor: { page } }) => {
  await page.goto("/products");
  await page
    .getByRole("main")
    .getByRole("link", { name: /^(?!.*Show)/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/p\//);
  const name = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
  await page.getByRole("article").getByText(/^by /).getByRole("link").click();
  await expect(page).toHaveURL(/\/@/);
  await expect(page.getByRole("main").getByRole("link", { name, exact: true })).toBeVisible();
});

test("offline, a page that was not loaded yet takes only itself away, and says why", async ({
  visitor: { page, watch },
}) => {
  watch.allow(/INTERNET_DISCONNECTED/, /dynamically imported module/, /preload/, /ERR_FAILED/);
  await page.goto("/login");
  await page.waitForLoadState("networkidle");
  await page.context().setOffline(true);
  await page.getByRole("banner").getByRole("link", { name: "Browse" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "You are offline" })).toBeVisible();
  await expect(page.getByRole("banner").getByRole("link", { name: "Yumroad" })).toBeVisible();
  await expect(page.getByText(/What is on the screen stays/)).toBeVisible();
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Load it again" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Browse" })).toBeVisible();
});

test("who has chosen dark sees nothing light first", async ({ visitor: { page, watch } }) => {
  watch.allow(/ERR_FAILED/);
  await page.goto("/");
  await page.getByText("Dark", { exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  // As it is before any of our scripts has run.
  await page.route(/\.js$/, (route) => route.abort());
  await page.reload();
  await expect(page.locator("html")).toHaveCSS("color-scheme", "dark");
});
