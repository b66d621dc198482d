import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./test.ts";

const SCHEMES = ["light", "dark"] as const;
const WIDTHS = [320, 1280] as const;

/**
 * Rules about colours. The order, names and sizes of a page do not depend on the colour scheme, so only these are
 * checked twice.
 */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

/**
 * Proves that axe finds no fault with the page, at a phone's and a desktop's width, in light and dark, that nothing
 * scrolls sideways, and that no button is cut off. The page is resized and recoloured in place, and afterwards has its
 * former width and scheme.
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

/** The texts of buttons that are too narrow for them. */
function buttonsCutOff(page: Page): Promise<(string | null)[]> {
  return page
    .locator(".mantine-Button-root")
    .evaluateAll((buttons) =>
      buttons
        .filter((button) => [button, ...button.querySelectorAll("*")].some((el) => el.scrollWidth > el.clientWidth + 1))
        .map((button) => button.textContent),
    );
}

/** Halfway through an entrance or a change of colour, a text has too little contrast. Endless motion is not awaited. */
async function untilStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(Number(effect?.getComputedTiming().endTime)));
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

async function expectNoFaults(page: Page, what: string, rules: "all" | string[]): Promise<void> {
  await untilStill(page);
  // A mail's sandboxed frame runs no script, axe included. There are no other frames, so nothing has to be merged on a
  // second page: "legacy" mode leaves out only that, and takes a third of the time.
  const axe = new AxeBuilder({ page }).exclude("iframe[sandbox]").setLegacyMode();
  const { violations, passes } = await (rules === "all" ? axe : axe.withRules(rules)).analyze();
  const faults = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
  expect.soft(faults, `axe on ${what}`).toEqual([]);
  expect(passes.length, `axe found something to look at on ${what}`).toBeGreaterThan(rules === "all" ? 10 : 0);
}
