import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./test.ts";

const SCHEMES = ["light", "dark"] as const;
const WIDTHS = [320, 1280] as const;

/** A page is as wide as it is, and its order, names and sizes are the same by day and by night: only colours differ. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

/**
 * Proves that axe finds no fault with what is on the page, on a phone and on a desk, by day and by night, that
 * nothing scrolls sideways, and that no button is cut off. The page stays as it was opened: it is made narrow and dark where it stands, and is as wide
 * and light as before afterwards.
 */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await expectNoFaults(page, `${what}, ${colorScheme}, ${width} px`, colorScheme === "light" ? "all" : OF_COLOURS);
    }
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect.soft(overflow, `${what} scrolls sideways at ${width} px`).toBe(0);
    expect.soft(await buttonsCutOff(page), `buttons cut off on ${what} at ${width} px`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: "light" });
  if (before) await page.setViewportSize(before);
}

/** What the buttons say that are too narrow for it. */
function buttonsCutOff(page: Page): Promise<(string | null)[]> {
  return page
    .locator(".mantine-Button-root")
    .evaluateAll((buttons) =>
      buttons
        .filter((button) => [button, ...button.querySelectorAll("*")].some((el) => el.scrollWidth > el.clientWidth + 1))
        .map((button) => button.textContent),
    );
}

async function expectNoFaults(page: Page, what: string, rules: "all" | string[]): Promise<void> {
  // A mail in its frame lets no script run, and axe is one. There are no other frames, so that nothing has to be put
  // together on a second page: that is all that "legacy" leaves out, and it takes a third of the time.
  const axe = new AxeBuilder({ page }).exclude("iframe[sandbox]").setLegacyMode();
  const { violations, passes } = await (rules === "all" ? axe : axe.withRules(rules)).analyze();
  const faults = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
  expect.soft(faults, `axe on ${what}`).toEqual([]);
  expect(passes.length, `axe found something to look at on ${what}`).toBeGreaterThan(rules === "all" ? 10 : 0);
}
