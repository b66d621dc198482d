import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { endSessionElsewhere, expectLoggedIn, expectLoggedOut, logOut } from "../support/steps.ts";
import { expect, type Person, test } from "../support/test.ts";

let elsewhere: Server;
let elsewhereUrl: string;

test.beforeAll(async () => {
  elsewhere = createServer((request, response) => {
    response.setHeader("Content-Type", "text/html");
    response.end(`<title>${request.url}</title><h1>${request.url}</h1><p id="kept">no</p>
      <script>addEventListener("pageshow", (event) => { kept.textContent = event.persisted ? "kept" : "no"; });</script>`);
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
  elsewhereUrl = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
});

test.afterAll(() => {
  elsewhere.close();
});

/**
 * Presses the browser's own button. Playwright's `goBack` waits for events that the back/forward cache does not fire.
 */
async function pressBack(page: Page): Promise<void> {
  await page.evaluate(() => void setTimeout(() => history.back()));
}

test("R37: control: this browser keeps pages in its back/forward cache", async ({ visitor: { page, watch } }) => {
  watch.allow(elsewhereUrl, "favicon");
  await page.goto(`${elsewhereUrl}/one`);
  await page.goto(`${elsewhereUrl}/two`);
  await pressBack(page);
  await expect(page.getByRole("heading", { name: "/one" })).toBeVisible();
  await expect(page.locator("#kept")).toHaveText("kept");
});

/** Records whether the page came out of the back/forward cache when it was last shown. */
async function recordPersisted(page: Page): Promise<() => Promise<boolean>> {
  await page.context().addInitScript(() => {
    addEventListener("pageshow", ({ persisted }) => Object.assign(globalThis, { wasPersisted: persisted }));
  });
  return () => page.evaluate(() => (globalThis as unknown as { wasPersisted: boolean }).wasPersisted);
}

/** Leaves a protected page for another site, logs out in another tab, and comes back. */
async function comeBackAfterLogout({ page, watch, newTab, ...ada }: Person): Promise<void> {
  watch.allow(elsewhereUrl, "favicon");
  await page.goto("/products/new");
  await page
    .getByRole("form", { name: "Add a product" })
    .getByLabel("Name", { exact: true })
    .fill("Nobody else should read this");
  await page.goto("/dashboard/products");
  await expect(page.getByRole("heading", { name: "Your products" })).toBeVisible();
  await page.goto(`${elsewhereUrl}/away`);

  const tab = await newTab();
  await tab.goto("/");
  await expectLoggedIn(tab, ada);
  await logOut(tab);

  await pressBack(page);
  await expectLoggedOut(page);
  await expect(page.getByRole("heading", { name: "Your products" })).toHaveCount(0);
  await expect(page.getByText("Nobody else should read this")).toHaveCount(0);
  await expect(page.getByText(ada.email)).toHaveCount(0);
}

test("Back after a log-out shows nothing protected", async ({ person }) => {
  await comeBackAfterLogout(person);
});

test("R37: Back after a log-out shows nothing protected, where tabs can't talk to each other", async ({ person }) => {
  // A page that receives a message is evicted from the back/forward cache.
  await person.page.context().addInitScript(() => Reflect.deleteProperty(globalThis, "BroadcastChannel"));
  await comeBackAfterLogout(person);
});

test("R37: Back after a log-out in the same tab shows nothing protected", async ({ person }) => {
  const { page, watch } = person;
  watch.allow(elsewhereUrl, "favicon");
  await page.goto("/dashboard/products");
  await expectLoggedIn(page, person);
  await logOut(page);
  await page.goto(`${elsewhereUrl}/away`);
  await pressBack(page);
  await expectLoggedOut(page);
  await pressBack(page);
  await expectLoggedOut(page);
  await expect(page.getByRole("heading", { name: "Your products" })).toHaveCount(0);
});

test("a page that the cache kept in spite of our headers hides itself until it knows who is here", async ({
  person,
  server,
}) => {
  const { page, watch } = person;
  watch.allow(elsewhereUrl, "favicon");
  const wasPersisted = await recordPersisted(page);
  await page.route("**/dashboard/products", async (route) => {
    const response = await route.fetch();
    const { "cache-control": _, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });
  await page.goto("/dashboard/products");
  await expectLoggedIn(page, person);
  await page.goto(`${elsewhereUrl}/away`);
  // The session ends elsewhere, because the answer to a logout in this browser (`Clear-Site-Data`) empties this cache
  // too.
  await endSessionElsewhere(page, server.url);

  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  await page.route("**/api/auth/session*", async (route) => {
    asked.resolve();
    await answer.promise;
    await route.continue();
  });
  await pressBack(page);
  await asked.promise;
  await expect(page.getByRole("heading", { name: "Your products" })).toBeHidden();
  await expect(page.locator("body")).toHaveText(/Your products/);
  answer.resolve();
  await expectLoggedOut(page);
  await expect(page.getByRole("heading", { name: "Your products" })).toHaveCount(0);
  expect(await wasPersisted()).toBe(true);
});
