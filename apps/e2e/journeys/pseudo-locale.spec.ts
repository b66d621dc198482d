import type { Page } from "@playwright/test";
import { freePort } from "@yumroad/testkit";
import { type DevPages, startDevPages } from "../support/dev-pages.ts";
import { type ProductServer, startServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

const WIDTH = 320;
const SELLER = { email: "mira@demo.example", password: "a quiet tuesday in lisbon" };

/** Letters that only the stretched words have. */
const STRETCHED = /áá|ëë|ïï|öö|üü/;

const PUBLIC = [
  ...["/", "/products", "/products?q=nothing", "/login", "/signup", "/forgot-password", "/find-purchases"],
  "/withdraw",
];
const OWN = [
  ...["/dashboard", "/dashboard/products", "/products/new", "/sales", "/library"],
  ...["/settings/profile", "/settings/store", "/settings/security", "/settings/data"],
  ...["/operator/people", "/operator/stores", "/operator/mail", "/operator/payments", "/operator/shop"],
];

let server: ProductServer;
let pages: DevPages;
test.beforeAll(async () => {
  const port = await freePort();
  server = await startServer("embedded", { PUBLIC_URL: `http://localhost:${port}` });
  pages = await startDevPages({ API_URL: server.url, VITE_PSEUDO_LOCALE: "1" }, port);
});
test.afterAll(async () => {
  pages?.stop();
  await server?.stop();
});

/** Expects that a page has a heading in the pseudo-locale, and nothing that sticks out of the window at its side. */
async function expectRoom(page: Page, path: string): Promise<void> {
  await page.goto(pages.url + path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible({ timeout: 30_000 });
  await expect.soft(page.getByRole("main"), path).toHaveText(STRETCHED);
  // Lists come after the words around them.
  await page.waitForTimeout(400);
  expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(WIDTH);
}

test("words that are 40 % longer overflow nowhere on the narrowest phone", async ({ browser }) => {
  test.setTimeout(240_000);
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 700 } });
  for (const path of PUBLIC) await expectRoom(page, path);
  const product = await page.evaluate(async () => {
    const { items } = (await (await fetch("/api/products?limit=1")).json()) as { items: { slug: string }[] };
    return items[0]?.slug;
  });
  for (const path of [`/p/${product}`, `/p/${product}/checkout`, "/no/such/page"]) await expectRoom(page, path);
  const status = await page.evaluate(async (body) => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch("/api/auth/login", { method: "POST", headers, body: JSON.stringify(body) });
    return answer.status;
  }, SELLER);
  expect(status).toBe(200);
  for (const path of OWN) await expectRoom(page, path);
  await page.close();
});
