import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../support/test.ts";

const PHONE = { width: 390, height: 844 };
const FINGER = 44;

/** The parts of these that stick out of the window at its sides, and sideways scrolling. */
async function cutOff(parts: Locator): Promise<string[]> {
  const width = await parts.page().evaluate(() => document.documentElement.clientWidth);
  const boxes = await parts.evaluateAll((elements) =>
    elements.map((element) => {
      const { left, right } = element.getBoundingClientRect();
      return { name: element.textContent, left, right };
    }),
  );
  return boxes.filter(({ left, right }) => left < 0 || right > width).map(({ name }) => name);
}

async function openProduct(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByRole("main").getByRole("heading", { level: 3 }).first().getByRole("link").click();
  await expect(page.getByRole("article").getByRole("heading", { level: 1 })).toBeVisible();
}

/** Height of the window without its sticky parts, in pixels. */
function heightLeft(page: Page): Promise<number> {
  return page.evaluate(() => {
    const stuck = [...document.querySelectorAll("body *")].filter((element) => {
      const { position, bottom, top } = getComputedStyle(element);
      return position === "fixed" || (position === "sticky" && (bottom !== "auto" || top !== "auto"));
    });
    return window.innerHeight - stuck.reduce((sum, element) => sum + element.getBoundingClientRect().height, 0);
  });
}

test("with text twice as large, a phone shows the whole header, and nothing scrolls sideways", async ({
  newVisitor,
}) => {
  const { page } = await newVisitor({ viewport: PHONE });
  const header = page.getByRole("banner");
  for (const path of ["/", "/products", "/login"]) {
    await page.goto(path);
    await expect(header.getByRole("link", { name: "Sign up" })).toBeVisible();
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => {
      document.documentElement.style.fontSize = "200%";
    });
    expect.soft(await cutOff(header.getByRole("link")), path).toEqual([]);
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(PHONE.width);
  }
});

test("at a zoom of 400 % nothing sticks to the little window that there is", async ({ newVisitor, person }) => {
  const { page } = await newVisitor({ viewport: { width: 320, height: 256 } });
  await openProduct(page);
  expect(await heightLeft(page)).toBe(256);
  await person.page.setViewportSize({ width: 320, height: 256 });
  await person.page.goto("/products/new");
  await expect(person.page.getByRole("button", { name: "Publish" })).toBeVisible();
  expect(await heightLeft(person.page)).toBe(256);
});

test("on a phone the price and its button are at the lower edge, also of a short page", async ({ newVisitor }) => {
  for (const height of [700, 1100]) {
    const { page } = await newVisitor({ viewport: { width: PHONE.width, height } });
    await openProduct(page);
    const bar = page.locator("[data-sticky-bar]");
    await expect(bar).toBeVisible();
    const box = await bar.boundingBox();
    expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(height);
  }
});

test("a finger hits what stands alone: 44 px", async ({ newVisitor }) => {
  const { page } = await newVisitor({ viewport: PHONE, hasTouch: true, isMobile: true });
  for (const path of ["/", "/login", "/products"]) {
    await page.goto(path);
    await expect(page.getByRole("main").getByRole("heading").first()).toBeVisible();
    await page.waitForLoadState("networkidle");
    const small = await page.locator("a, button, input, label:has(input)").evaluateAll(
      (elements, least) =>
        elements
          .filter((element) => {
            const { width, height } = element.getBoundingClientRect();
            const isShown = element.checkVisibility({ visibilityProperty: true }) && width > 1;
            // The name of a card is a link as large as the card; a checkbox is hit by its label.
            const isCard = element.matches("h2 a, h3 a");
            const isInLabel = element.matches("input[type=checkbox]");
            return isShown && !isCard && !isInLabel && height < least;
          })
          .map((element) => `${element.textContent}: ${element.getBoundingClientRect().height}`),
      FINGER,
    );
    expect.soft(small, path).toEqual([]);
  }
});

test("names of different lengths leave no holes in the cards", async ({ newVisitor }) => {
  const { page } = await newVisitor({ viewport: { width: 1280, height: 900 } });
  await page.goto("/");
  const names = page.getByRole("main").getByRole("heading", { level: 3 });
  await expect(names.first()).toBeVisible();
  const holes = await names.evaluateAll((elements) =>
    elements.map((name) => {
      const words = document.createRange();
      words.selectNodeContents(name);
      const next = name.nextElementSibling?.firstElementChild ?? name;
      const line = document.createRange();
      line.selectNodeContents(next);
      return Math.round(line.getBoundingClientRect().top - words.getBoundingClientRect().bottom);
    }),
  );
  expect(Math.max(...holes)).toBeLessThanOrEqual(12);
});
