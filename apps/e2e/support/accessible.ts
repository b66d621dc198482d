import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./test.ts";

export const SCHEMES = ["light", "dark"] as const;

/** Proves that axe finds no fault with what is on the page, and that nothing scrolls sideways. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  // A mail in its frame lets no script run, and axe is one.
  const { violations, passes } = await new AxeBuilder({ page }).exclude("iframe[sandbox]").analyze();
  const faults = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
  expect.soft(faults, `axe on ${what}`).toEqual([]);
  expect(passes.length, "axe found something to look at").toBeGreaterThan(10);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(overflow, `${what} scrolls sideways`).toBe(0);
}

/** The same, by day and by night. */
export async function expectAccessibleInEachScheme(page: Page, what: string): Promise<void> {
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, `${what}, ${colorScheme}`);
  }
}
