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

for (const path of ["/", "/login"]) {
  test(`nothing jumps when the typefaces of ${path} come late`, async ({ newVisitor }) => {
    const { page } = await newVisitor({ viewport: { width: 390, height: 844 } });
    const { promise: areWanted, resolve: send } = Promise.withResolvers<void>();
    await page.route("**/*.woff2", async (route) => {
      await areWanted;
      await route.continue();
    });
    await page.goto(path, { waitUntil: "commit" });
    await expect(page.getByRole("main").getByRole("heading").first()).toBeVisible();
    await expect(page.getByRole("contentinfo").getByRole("link").first()).toBeAttached();
    const before = await textsOf(page);
    send();
    await page.waitForFunction(() => document.fonts.size > 0 && document.fonts.status === "loaded");
    await page.waitForLoadState("networkidle");
    const after = await textsOf(page);
    expect(after.length).toBeGreaterThan(4);
    expect(after.map(({ height }) => height)).toEqual(before.map(({ height }) => height));
    // The fallback is as wide as the typeface, all in all.
    expect(Math.abs(widthOf(before) / widthOf(after) - 1)).toBeLessThan(0.05);
  });
}

/** How high headings, labels, buttons, links and sentences are, and how wide their words. */
function textsOf(page: Page): Promise<{ height: number; width: number }[]> {
  return page.locator("h1, form label, form button, main section p, header a").evaluateAll((elements) =>
    elements.map((element) => {
      const words = document.createRange();
      words.selectNodeContents(element);
      const { height } = element.getBoundingClientRect();
      return { height: Math.round(height), width: words.getBoundingClientRect().width };
    }),
  );
}

function widthOf(texts: readonly { width: number }[]): number {
  return texts.reduce((sum, { width }) => sum + width, 0);
}
