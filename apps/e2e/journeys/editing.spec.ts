import type { Locator, Page } from "@playwright/test";
import { expectPath, fillProduct, publish } from "../support/steps.ts";
import { expect, test } from "../support/test.ts";

function editForm(page: Page): Locator {
  return page.getByRole("form", { name: "Edit product" });
}

async function save(page: Page): Promise<void> {
  await editForm(page).getByRole("button", { name: "Save", exact: true }).click();
}

/** Publishes a product, opens its form, and returns the form's address. */
async function editNew(page: Page, name: string): Promise<string> {
  await page.goto("/products/new");
  await fillProduct(page, { name, price: "5", description: "As it was." });
  await publish(page, name);
  const path = `/dashboard/products/${new URL(page.url()).pathname.slice("/p/".length)}`;
  await page.goto(path);
  return path;
}

test("a product is changed, and its buyers see it", async ({ person, newVisitor }) => {
  const { page } = person;
  await editNew(page, "Maps of somewhere");
  const path = (await editForm(page).getByRole("link", { name: "View product page" }).getAttribute("href")) ?? "";
  const { page: stranger, watch } = await newVisitor();
  watch.allow(/404.*\/api\//);
  await stranger.goto(path);
  await expect(stranger.getByRole("heading", { level: 1, name: "Maps of somewhere" })).toBeVisible();

  // A renamed product keeps its address.
  await editForm(page).getByLabel("Name", { exact: true }).fill("Charts of elsewhere");
  await editForm(page).getByLabel("Price").fill("7.50");
  await save(page);
  await expect(page.getByText("“Charts of elsewhere” is saved")).toBeVisible();
  await expect(editForm(page).getByRole("link", { name: "View product page" })).toHaveAttribute("href", path);
  await stranger.reload();
  await expect(stranger.getByRole("heading", { level: 1, name: "Charts of elsewhere" })).toBeVisible();
  await expect(stranger.getByText("€7.50", { exact: true })).toBeVisible();
  await expectPath(stranger, path);

  await editForm(page).getByLabel("Status").selectOption("Archived");
  await save(page);
  await expect(editForm(page).getByRole("link", { name: "View product page" })).toHaveCount(0);
  await stranger.reload();
  await expect(stranger.getByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
});

test("of two editors, the second undoes nothing of the first, and is asked about what both changed", async ({
  person,
}) => {
  const { page, newTab, watch } = person;
  watch.allow(/412.*\/api\/products\//);
  const path = await editNew(page, "Twice edited");
  // A request without a version is refused. The product's own pages always send one.
  const origin = new URL(page.url()).origin;
  const unversioned = { data: { name: "Edited blindly" }, headers: { Origin: origin } };
  const blind = await page.request.patch(`/api/products/${path.split("/").at(-1)}`, unversioned);
  expect(blind.status()).toBe(428);
  const other = await newTab();
  await other.goto(path);
  await editForm(other).getByLabel("Price").fill("9");
  await editForm(other).getByLabel("Name", { exact: true }).fill("Edited by the other");
  await save(other);
  await expect(other.getByText("“Edited by the other” is saved")).toBeVisible();

  await editForm(page).getByLabel("Name", { exact: true }).fill("Edited by me");
  await editForm(page).getByLabel("Description").fill("As I want it.");
  await save(page);
  const conflict = page.getByRole("region", { name: "Someone else edited this product" });
  await expect(conflict).toBeFocused();
  await expect(editForm(page).getByLabel("Price")).toHaveValue("9.00");
  await expect(conflict.getByText("Edited by the other")).toBeVisible();
  // The button to save stays visible, however long the comparison is.
  const saveOver = editForm(page).getByRole("button", { name: "Keep mine" });
  await expect(saveOver).toBeInViewport();
  await saveOver.click();
  await expect(page.getByText("“Edited by me” is saved")).toBeVisible();
  await page.reload();
  await expect(editForm(page).getByLabel("Price")).toHaveValue("9.00");
  await expect(editForm(page).getByLabel("Description")).toHaveValue("As I want it.");
});

test("on a phone, the word that it is saved does not lie on the button that saves", async ({ newPerson }) => {
  const { page } = await newPerson("Ada Lovelace", { viewport: { width: 320, height: 640 } });
  await editNew(page, "Small screens");
  await editForm(page).getByLabel("Price").fill("6");
  await save(page);
  await expect(page.getByText("“Small screens” is saved")).toBeVisible();
  // Playwright does not click an element that another one covers.
  await editForm(page).getByLabel("Price").fill("7");
  await editForm(page).getByRole("button", { name: "Save", exact: true }).click({ timeout: 3000 });
});

test("a product is deleted once that was confirmed", async ({ person: { page, watch }, newVisitor }) => {
  watch.allow(/404.*\/api\//);
  const path = await editNew(page, "Not for long");
  const buyer = await newVisitor();
  buyer.watch.allow(/404.*\/api\//);
  await buyer.page.goto(`/p/${path.split("/").at(-1)}`);
  await expect(buyer.page.getByRole("heading", { level: 1, name: "Not for long" })).toBeVisible();
  await page.getByRole("button", { name: "Delete product…" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete “Not for long”?" });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toHaveCount(0);
  await page.getByRole("button", { name: "Delete product…" }).click();
  await dialog.getByRole("button", { name: "Delete product" }).click();
  await expectPath(page, "/dashboard/products");
  await expect(page.getByText("“Not for long” is deleted")).toBeVisible();
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
  await buyer.page.reload();
  await expect(buyer.page.getByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
  await buyer.page.goto("/products");
  await expect(buyer.page.getByRole("heading", { level: 2 }).first()).toBeVisible();
  await expect(buyer.page.getByText("Not for long")).toHaveCount(0);
});
