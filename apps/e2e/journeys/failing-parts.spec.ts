import type { Page } from "@playwright/test";
import { type Fleet, startFleet } from "../support/fleet.ts";
import { whyNoRedis } from "../support/redis.ts";
import { errorsIn } from "../support/server.ts";
import { expectLoggedIn, fillProduct, productForm, publish } from "../support/steps.ts";
import { test as base, expect, type Person, skipWithout } from "../support/test.ts";

const test = base.extend<{ fleet: Fleet }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it
  fleet: async ({}, use, testInfo) => {
    skipWithout("Redis", await whyNoRedis(), testInfo);
    const fleet = await startFleet();
    await use(fleet);
    const faults = errorsIn(fleet.log());
    await fleet.stop();
    expect(faults, "The servers logged errors").toEqual([]);
  },
  server: async ({ fleet }, use) => use(fleet),
});

test.setTimeout(300_000);

test("R75, R77: two sellers and a stranger go on while Redis is away and while each process is restarted", async ({
  fleet,
  newPerson,
  newVisitor,
}) => {
  const mira = await newPerson("Mira Okafor");
  const jonas = await newPerson("Jonas Weber");
  const stranger = await newVisitor();
  const browsing = browse(stranger.page);

  for (const { page, name } of [mira, jonas]) {
    await page.goto("/products/new");
    await fillProduct(page, { name: `Before, by ${name}`, price: "3" });
    await publish(page, `Before, by ${name}`);
  }

  // Redis fails. Logged-in users are told so and lose nothing; the anonymous visitor does not notice.
  for (const { watch } of [mira, jonas]) watch.allow(/status of 503/);
  await mira.page.goto("/products/new");
  await fillProduct(mira.page, { name: "Typed while Redis was away", price: "4" });
  await fleet.redisFaults.kill();
  const pagesBefore = browsing.pages();
  await productForm(mira.page).getByRole("button", { name: "Publish" }).click();
  await expect(mira.page.getByText("We can’t verify log-ins right now").first()).toBeVisible();
  await expect(productForm(mira.page).getByLabel("Name", { exact: true })).toHaveValue("Typed while Redis was away");
  await jonas.page.goto("/dashboard/products");
  await expect(jonas.page.getByText("We can’t tell right now if you’re logged in")).toBeVisible();
  await expect.poll(() => browsing.pages()).toBeGreaterThan(pagesBefore + 2);

  // Redis is back, and both are still logged in.
  await fleet.redisFaults.restore();
  await expect.poll(() => fleet.isReady(), { timeout: 30_000 }).toBe(true);
  await publish(mira.page, "Typed while Redis was away");
  await jonas.page.getByRole("button", { name: "Try again" }).click();
  await expect(jonas.page.getByText("Before, by Jonas Weber")).toBeVisible();
  for (const person of [mira, jonas]) await expectLoggedIn(person.page, person);

  // Each process is restarted while both publish as fast as they can.
  for (const { watch } of [mira, jonas]) watch.allow(/status of 502/);
  const selling = [mira, jonas].map(sell);
  await fleet.restart(0);
  await fleet.restart(1);
  for (const work of selling) {
    const { person, acknowledged, strangers } = await work.end();
    expect(strangers).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(2);
    const kept = await ownNames(person.page);
    expect(acknowledged.filter((name) => !kept.includes(name))).toEqual([]);
    expect(kept).toContain(`Before, by ${person.name}`);
    await expectLoggedIn(person.page, person);
  }
  expect(await ownNames(mira.page)).toContain("Typed while Redis was away");
  expect(await ownNames(jonas.page)).not.toContain("Typed while Redis was away");

  const { pages, refused } = await browsing.end();
  expect(refused).toEqual([]);
  expect(pages).toBeGreaterThan(5);
});

/** Opens the catalogue repeatedly and records pages without products and failed answers. */
function browse(page: Page) {
  const refused: string[] = [];
  let pages = 0;
  let isOver = false;
  page.on("response", (answer) => {
    if (answer.status() >= 400) refused.push(`${answer.status()} ${answer.url()}`);
  });
  const work = (async () => {
    while (!isOver) {
      await page.goto("/");
      await expect(page.getByRole("main").getByRole("heading", { level: 3 }).first()).toBeVisible();
      pages += 1;
    }
  })();
  return {
    pages: () => pages,
    async end() {
      isOver = true;
      await work;
      return { pages, refused };
    },
  };
}

const MOST_PRODUCTS = 80;

/** Publishes products from the page, one after the other, and asks for the session's user after each. */
function sell(person: Person) {
  const acknowledged: string[] = [];
  const strangers: unknown[] = [];
  let isOver = false;
  const work = (async () => {
    for (let number = 1; number <= MOST_PRODUCTS && !isOver; number += 1) {
      const name = `Number ${number} by ${person.name}`;
      const { status, email } = await person.page.evaluate(async (productName) => {
        const body = JSON.stringify({ name: productName, price: { amount: 100, currency: "EUR" } });
        const headers = { "Content-Type": "application/json" };
        const made = await fetch("/api/products", { method: "POST", headers, body });
        const probe = await fetch("/api/auth/session");
        return { status: made.status, email: (await probe.json()).user?.email };
      }, name);
      if (status === 201) acknowledged.push(name);
      if (email !== person.email) strangers.push(email);
      await person.page.waitForTimeout(100);
    }
  })();
  return {
    async end() {
      isOver = true;
      await work;
      return { person, acknowledged, strangers };
    },
  };
}

function ownNames(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { items } = await (await fetch("/api/me/products?limit=100")).json();
    return items.map(({ name }: { name: string }) => name);
  });
}
