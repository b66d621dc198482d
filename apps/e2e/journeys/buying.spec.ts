import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { expectPath, openMail, pathOf, productForm, publish } from "../support/steps.ts";
import { createIdentity, expect, type Person, test } from "../support/test.ts";

const PRODUCT = "Paper moon";
const NOTE = "Fold along the **dotted** line.";

/** The page of a new product whose buyers get a note. */
async function sell({ page }: Person): Promise<string> {
  const post = async (path: string, data: object) => {
    const answer = await page.request.post(path, { data, headers: { origin: new URL(page.url()).origin } });
    expect(answer.status()).toBe(201);
    return answer.json();
  };
  const price = { amount: 1900, currency: "EUR" };
  const { slug } = await post("/api/products", { name: PRODUCT, description: "To fold.", price, status: "published" });
  await post(`/api/products/${slug}/contents`, { kind: "note", title: "How to fold it", body: NOTE });
  return `/p/${slug}`;
}

/** Orders the product, up to the payment page. */
async function order(page: Page, productPath: string, { email }: { email: string }): Promise<void> {
  await page.goto(productPath);
  await page.getByRole("link", { name: "Buy now" }).click();
  await page.getByLabel("Email").fill(email);
  await pay(page);
}

async function pay(page: Page): Promise<void> {
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Pay €19.00" }).click();
  await expectHeading(page, "Demo payment");
}

async function expectHeading(page: Page, name: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

/** Proves that the buyer has the note and the receipt on the screen. */
async function expectBought(page: Page): Promise<void> {
  await expectHeading(page, "Thank you");
  await expect(page.locator("strong", { hasText: "dotted" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Receipt" })).toContainText("Total€19.00");
}

test("a guest buys, and the mailed receipt opens the order in any browser without telling its key", async ({
  person,
  newVisitor,
}) => {
  test.setTimeout(300_000);
  const productPath = await sell(person);
  const buyer = createIdentity();
  const { page, mailTray } = await newVisitor({ reducedMotion: "reduce" });
  await page.goto(productPath);
  await page.getByRole("link", { name: "Buy now" }).click();
  await expectHeading(page, "Checkout");
  await expectAccessible(page, "the checkout");
  await page.getByLabel("Email").fill(buyer.email);
  await pay(page);
  await expectAccessible(page, "the demo's payment page");
  await page.getByRole("button", { name: "Pay €19.00" }).click();
  await expectBought(page);
  await expectAccessible(page, "an order that is paid");
  await page.reload();
  await expectBought(page);

  const mail = await openMail(page, { ...buyer, mailTray }, `Your receipt for “${PRODUCT}”`);
  const link = (await mail.getByRole("link", { name: "Open your order" }).getAttribute("href")) ?? "";
  const [orderPath = "", key = ""] = link.replace(/^https?:\/\/[^/]+/, "").split("#key=");
  expect(key).toMatch(/^[\w-]{43}$/);

  const elsewhere = await newVisitor();
  elsewhere.watch.allow(/404.*\/api\/orders\//);
  await elsewhere.page.goto(orderPath);
  await expectHeading(elsewhere.page, "Check your inbox");
  await elsewhere.page.close();
  const tab = await elsewhere.newTab();
  const told: string[] = [];
  tab.on("request", (request) => void told.push(request.url(), JSON.stringify(request.headers())));
  await tab.goto(link);
  await expectBought(tab);
  await expectPath(tab, orderPath);
  await tab.getByRole("banner").getByRole("link", { name: "Log in" }).click();
  await expectHeading(tab, "Log in");
  await tab.goBack();
  await expectBought(tab);
  expect(told.filter((words) => words.includes(key))).toEqual([]);
});

test("R101: a seller lets buyers name the price, and a buyer pays what they have named", async ({
  person,
  newVisitor,
}) => {
  const form = productForm(person.page);
  await person.page.goto("/products/new");
  await form.getByLabel("Name", { exact: true }).fill("Paper sun");
  await form.getByLabel("Pricing").selectOption("Pay what you want");
  await form.getByLabel("Minimum price").fill("5");
  await form.getByLabel("Suggested price").fill("8");
  await publish(person.page, "Paper sun");
  await expect(person.page.getByText("€5.00+")).toBeVisible();

  const { page } = await newVisitor();
  await page.goto(pathOf(person.page));
  await page.getByRole("link", { name: "Name your price" }).click();
  await page.getByLabel("Email").fill(createIdentity().email);
  await page.getByRole("checkbox").check();
  await expect(page.getByRole("button", { name: "Pay €8.00" })).toBeVisible();
  await page.getByLabel("Your price in EUR").fill("4.99");
  await page.getByRole("button", { name: "Pay" }).click();
  await expect(page.getByLabel("Your price in EUR")).toHaveAccessibleDescription(/Enter at least EUR 5.00/);
  await expectAccessible(page, "a checkout with a price to name");
  await page.getByLabel("Your price in EUR").fill("12,50");
  await page.getByRole("button", { name: "Pay €12.50" }).click();
  await page.getByRole("button", { name: "Pay €12.50" }).click();
  await expect(page.getByRole("region", { name: "Receipt" })).toContainText("Total€12.50");
});

test("a declined payment can be made again, as the same order", async ({ person, newVisitor }) => {
  const productPath = await sell(person);
  const { page } = await newVisitor();
  await order(page, productPath, createIdentity());
  await page.getByRole("button", { name: "Decline" }).click();
  await expectHeading(page, "Your payment was declined");
  await expect(page.getByText("You haven’t been charged.")).toBeVisible();
  const orderPath = pathOf(page);
  await page.getByRole("link", { name: "Try again" }).click();
  await pay(page);
  await page.getByRole("button", { name: "Pay €19.00" }).click();
  await expectBought(page);
  await expectPath(page, orderPath);
});

test("a buyer who closes the window, of whose payment the shop is not told, still gets the product", async ({
  person,
  newVisitor,
}) => {
  const productPath = await sell(person);
  const { page, newTab } = await newVisitor();
  const begun = page.waitForResponse((response) => response.url().endsWith("/checkout") && response.status() === 201);
  await order(page, productPath, createIdentity());
  const { ref } = await (await begun).json();
  await page.getByRole("checkbox", { name: /^Don’t tell the shop/ }).check();
  await page.getByRole("button", { name: "Pay and close this window" }).click();
  await expectHeading(page, "You can close this window.");
  await page.close();

  const tab = await newTab();
  await tab.goto(`/orders/${ref}`);
  await expectHeading(tab, "We’re checking your payment…");
  await expectBought(tab);
});
