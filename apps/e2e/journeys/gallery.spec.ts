import { expectAccessible } from "../support/accessible.ts";
import { type DevPages, startDevPages } from "../support/dev-pages.ts";
import { expect, test } from "../support/test.ts";

// The gallery is no part of a build, so it is shown by the server that developers use. Nothing answers behind it.
let pages: DevPages;
test.beforeAll(async () => {
  pages = await startDevPages({ API_URL: "http://localhost:9" });
});
test.afterAll(() => pages.stop());

test("each component is accessible in each of its states, and has its picture taken", async ({ browser }, testInfo) => {
  test.setTimeout(120_000);
  const page = await browser.newPage();
  await page.goto(`${pages.url}/dev/gallery`);
  await expect(page.getByRole("heading", { level: 1, name: "Gallery" })).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page, "the gallery");
  for (const width of [390, 1280]) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      const path = testInfo.outputPath(`gallery-${width}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage: true });
    }
  }
  await page.close();
});

test("where the system chooses the colours, the first button is still another one than the second", async ({
  browser,
}) => {
  const page = await browser.newPage({ forcedColors: "active" });
  await page.goto(`${pages.url}/dev/gallery`);
  const groundOf = (name: string) =>
    page.getByRole("button", { name, exact: true }).evaluate((button) => getComputedStyle(button).backgroundColor);
  const [first, second, danger] = [
    await groundOf("primary md"),
    await groundOf("plain md"),
    await groundOf("danger md"),
  ];
  expect(first).not.toBe(second);
  expect(danger).not.toBe(second);
  await page.close();
});

test("no part asks for a variable that nobody sets", async ({ browser }) => {
  const page = await browser.newPage();
  await page.goto(`${pages.url}/dev/gallery`);
  await expect(page.getByRole("checkbox", { name: "Remember me" })).toBeVisible();
  const missing = await page.evaluate(() => {
    const set = getComputedStyle(document.documentElement);
    return [...document.querySelectorAll("[style]")]
      .flatMap((element) => [...(element.getAttribute("style") ?? "").matchAll(/var\((--mantine-[\w-]+)/g)])
      .map(([, name = ""]) => name)
      .filter((name) => set.getPropertyValue(name) === "");
  });
  expect(missing).toEqual([]);
  await page.close();
});
