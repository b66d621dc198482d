import { accountButton, expectPath, pathOf } from "../support/steps.ts";
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
  const name = (await page.getByRole("article").getByRole("heading", { level: 1 }).textContent()) ?? "";
  await page.getByRole("article").getByText(/^by /).getByRole("link").click();
  await expect(page).toHaveURL(/\/@/);
  await expect(page.getByRole("main").getByRole("link", { name, exact: true })).toBeVisible();
});

test("a store shows all that is published in it, page by page, and nothing of other stores", async ({
  person: { page },
  newVisitor,
}) => {
  // More than one page of products, submitted as the form does.
  await page.evaluate(async () => {
    for (let number = 1; number <= 25; number += 1) {
      const body = JSON.stringify({ name: `Leaflet ${number}`, price: { amount: 100, currency: "EUR" } });
      await fetch("/api/products", { method: "POST", headers: { "Content-Type": "application/json" }, body });
    }
  });
  // The page has not heard of the store that the first one opened.
  await page.reload();
  await accountButton(page).click();
  await page.getByRole("menuitem", { name: "Your store" }).click();
  await expect(page).toHaveURL(/\/@/);
  const { page: stranger } = await newVisitor();
  await stranger.goto(pathOf(page));
  const cards = stranger.getByRole("main").getByRole("heading", { level: 2 });
  await expect(cards).toHaveCount(24);
  await stranger.getByRole("button", { name: "Show more" }).click();
  await expect(cards).toHaveCount(25);
  const wanted = Array.from({ length: 25 }, (_, place) => `Leaflet ${25 - place}`);
  expect(await cards.allTextContents()).toEqual(wanted);
});

test("offline, a page that was not loaded yet takes only itself away, says why, and comes by itself later", async ({
  visitor: { page, watch },
}) => {
  watch.allow(/INTERNET_DISCONNECTED/, /dynamically imported module/, /preload/, /ERR_FAILED/);
  await page.goto("/login");
  await page.waitForLoadState("networkidle");
  await page.context().setOffline(true);
  await page.getByRole("banner").getByRole("link", { name: "Browse" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "You’re offline" })).toBeVisible();
  await expect(page.getByRole("banner").getByRole("link", { name: "Yumroad" })).toBeVisible();
  await expect(page.getByText(/We’ll reconnect automatically/)).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByRole("heading", { level: 1, name: "Browse" })).toBeVisible();
});

test("who has chosen dark sees nothing light first", async ({ visitor: { page, watch } }) => {
  watch.allow(/ERR_FAILED/);
  await page.goto("/");
  await page.getByText("Dark", { exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  // The page before any script has run.
  await page.route(/\.js$/, (route) => route.abort());
  await page.reload();
  await expect(page.locator("html")).toHaveCSS("color-scheme", "dark");
});
