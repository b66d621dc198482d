import type { Page } from "@playwright/test";
import { expect, test } from "../support/test.ts";

const PAGES = ["/", "/dashboard", "/settings/security", "/settings/data", "/outbox"];

/** Layout shifts since the page was loaded, without any input: the score (CLS) and the moved elements. */
async function shiftsOf(page: Page): Promise<{ score: number; moved: string[] }> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const found = { score: 0, moved: [] as string[] };
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as unknown as LayoutShift[]) {
            found.score += entry.value;
            for (const { node } of entry.sources) found.moved.push(node?.outerHTML?.slice(0, 80) ?? "?");
          }
          resolve(found);
        }).observe({ type: "layout-shift", buffered: true });
        // Buffered entries arrive within a frame or two. There is no event for their absence.
        requestAnimationFrame(() => setTimeout(() => resolve(found), 100));
      }),
  );
}

interface LayoutShift extends PerformanceEntry {
  value: number;
  sources: { node: Element | null }[];
}

for (const width of [320, 1280]) {
  test(`nothing jumps while a page loads for somebody whose address is not confirmed, ${width} px`, async ({
    newPerson,
  }) => {
    const { page, mailTray } = await newPerson("Ada Lovelace", { viewport: { width, height: 800 } });
    await page.goto(mailTray);
    await expect(page).toHaveURL(/\/outbox$/);
    const banner = page.getByRole("region", { name: "About your account" });
    await expect(banner).toBeVisible();
    for (const path of PAGES) {
      await page.goto(path);
      await expect(banner).toBeVisible();
      await page.waitForLoadState("networkidle");
      const { score, moved } = await shiftsOf(page);
      expect.soft(score, `${path}: ${moved.join("; ")}`).toBeLessThan(0.02);
    }
  });
}

test("nothing jumps when the typefaces come late", async ({ newVisitor }) => {
  const { page } = await newVisitor({ viewport: { width: 390, height: 844 } });
  let fonts = 0;
  await page.route("**/*.woff2", async (route) => {
    fonts += 1;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  for (const path of ["/", "/login", "/products"]) {
    await page.goto(path);
    await expect(page.getByRole("main").getByRole("heading").first()).toBeVisible();
    await page.evaluate(() => document.fonts.ready);
    await page.waitForLoadState("networkidle");
    const { score, moved } = await shiftsOf(page);
    expect.soft(score, `${path}: ${moved.join("; ")}`).toBeLessThan(0.02);
  }
  expect(fonts).toBeGreaterThan(0);
});
