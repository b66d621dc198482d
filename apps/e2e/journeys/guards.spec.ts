import type { Page } from "@playwright/test";
import { endpoints } from "@yumroad/contract";
import { recordedRefusal } from "../support/recorded.ts";
import { accountButton, expectPath, loginPath, productForm } from "../support/steps.ts";
import { expect, test } from "../support/test.ts";

const PROBE = "**/api/auth/session*";

/** Records every form and heading that was on the page, even for a moment. */
async function recordWhatShows(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const seen = new Set<string>();
    const look = () => {
      for (const form of document.querySelectorAll("main form")) seen.add(`form ${form.ariaLabel}`);
      for (const heading of document.querySelectorAll("h1")) seen.add(`heading ${heading.textContent}`);
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
    Object.assign(globalThis, { whatShowed: () => [...seen] });
  });
  return () => page.evaluate(() => (globalThis as unknown as { whatShowed(): string[] }).whatShowed());
}

test("a hard reload while logged in never shows the log-in page", async ({ person: { page } }) => {
  const showed = await recordWhatShows(page);
  await page.goto("/products/new");
  await page.reload();
  await expect(productForm(page)).toBeVisible();
  expect(await showed()).toContain("form Add a product");
  expect(await showed()).not.toContain("form Log in");
  expect(await showed()).not.toContain("heading Log in");
});

test("until it is known who is here, neither the page nor the log-in form shows, and nothing protected is asked for", async ({
  visitor: { page },
}) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const showed = await recordWhatShows(page);
  // Created first, because the page may show "Loading" before the probe has reached the route.
  const probe = Promise.withResolvers<void>();
  await page.route(PROBE, async (route) => {
    await probe.promise;
    await route.continue();
  });
  await page.goto("/dashboard/products");
  await expect(page.getByRole("status").filter({ hasText: "Loading" })).toBeAttached();
  expect(await showed()).toEqual([]);
  probe.resolve();
  await expectPath(page, loginPath("/dashboard/products"));
  await expect(page.getByRole("form", { name: "Log in" })).toBeVisible();
  expect(asked).not.toContain("/api/me/products");
});

test("when it can't be known who is here, the page says so and offers another try", async ({ person }) => {
  const { page, watch } = person;
  watch.allow(/503.*\/api\/auth\/session/, "ERR_FAILED", "ERR_INTERNET_DISCONNECTED");
  for (const fails of [
    recordedRefusal(endpoints.sessions.current, "session_store_unavailable"),
    { status: 502, contentType: "text/html", body: "<h1>Bad gateway</h1>" },
    null,
  ]) {
    watch.allow(/502.*\/api\/auth\/session/);
    await page.route(PROBE, (route) => (fails ? route.fulfill(fails) : route.abort()));
    await page.goto("/products/new");
    const again = page.getByRole("main").getByRole("button", { name: "Try again" });
    await expect(again).toBeVisible();
    await expectPath(page, "/products/new");
    await expect(page.getByRole("form", { name: "Log in" })).toHaveCount(0);

    await page.unroute(PROBE);
    await again.click();
    await expect(productForm(page)).toBeVisible();
  }
});

test("being offline for a while logs nobody out", async ({ person }) => {
  const { page, watch } = person;
  watch.allow("ERR_INTERNET_DISCONNECTED");
  await page.goto("/products/new");
  await expect(productForm(page)).toBeVisible();
  await page.context().setOffline(true);
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await productForm(page).getByLabel("Name", { exact: true }).fill("Typed while offline");
  await page.context().setOffline(false);
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await expect(productForm(page).getByLabel("Name", { exact: true })).toHaveValue("Typed while offline");
  await expect(accountButton(page)).toBeVisible();
});

test("an address that leads nowhere says so, logged in or not", async ({ person, newVisitor }) => {
  const { page: stranger } = await newVisitor();
  for (const page of [person.page, stranger]) {
    await page.goto("/no/such/page");
    await expectPath(page, "/no/such/page");
    await expect(page).toHaveTitle(/Not found/);
    await expect(page.getByRole("link", { name: "Go home" })).toBeVisible();
  }
});
